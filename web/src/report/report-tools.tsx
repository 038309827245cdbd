/** Printing and, where the system has a share sheet, sharing. */
import { useState } from 'preact/hooks';
import type { ModelInfo } from '../protocol/engine-messages';
import { percent } from '../text/format';
import { t } from '../text/i18n';
import { labelFor, pictureName } from '../text/label-names';
import type { Reported } from './report-page';

interface Props {
  reported: Reported;
  model: ModelInfo | null;
}

/** What the share sheet gets: the picture as drawn anew, and one line. */
function shared({ square, answer, sample }: Reported, model: ModelInfo | null): ShareData {
  const [decision] = Object.values(answer.decisions);
  const [top = ''] = decision?.order ?? [];
  const { name } = labelFor(top, model?.labels ?? []);
  const line = t(decision?.abstain ? 'report.sharedUnsure' : 'report.shared', {
    name: answer.kind ? t('report.sharedName', { name, kind: pictureName(answer.kind, model?.kinds ?? []) }) : name,
    share: percent(decision?.probabilities[top] ?? 0),
    disclaimer: t('app.notDiagnosis'),
  });
  const text = sample ? `${t(`entry.${sample}`)}. ${line}` : line;
  const files = square ? [new File([square], 'lentigo.jpg', { type: 'image/jpeg' })] : [];
  return files.length > 0 && navigator.canShare?.({ files }) ? { text, files } : { text };
}

export function ReportTools({ reported, model }: Props) {
  const [failed, setFailed] = useState(false);
  const share = async () => {
    setFailed(false);
    try {
      await navigator.share(shared(reported, model));
    } catch (error) {
      /* The person closed the sheet. */
      setFailed((error as Error).name !== 'AbortError');
    }
  };
  return (
    <div class="report-tools">
      <div class="button-row">
        <button type="button" class="button button-main" data-print onClick={() => window.print()}>
          {t('report.print')}
        </button>
        {'share' in navigator && (
          <button type="button" class="button" data-share onClick={() => void share()}>
            {t('report.share')}
          </button>
        )}
      </div>
      {failed && <p role="alert">{t('report.unshared')}</p>}
    </div>
  );
}

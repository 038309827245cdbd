/** Printing and, where the system has a share sheet, sharing. */
import { useState } from 'preact/hooks';
import type { Label } from '../../shared/messages';
import { percent } from '../../text/format';
import { t } from '../../text/i18n';
import { kindFor } from '../../text/kinds';
import type { Reported } from './report-page';

interface Props {
  reported: Reported;
  labels: Label[];
}

/** What the share sheet gets: the picture as drawn anew, and one line. */
function shared({ square, answer }: Reported, labels: Label[]): ShareData {
  const [decision] = Object.values(answer.decisions);
  const [top = ''] = decision?.order ?? [];
  const text = t('report.shared', {
    name: decision?.abstain ? t('answer.unsure') : kindFor(top, labels).name,
    share: percent(decision?.probabilities[top] ?? 0),
    disclaimer: t('app.notDiagnosis'),
  });
  const files = square ? [new File([square], 'lentigo.jpg', { type: 'image/jpeg' })] : [];
  return files.length > 0 && navigator.canShare?.({ files }) ? { text, files } : { text };
}

export function ReportTools({ reported, labels }: Props) {
  const [failed, setFailed] = useState(false);
  const share = async () => {
    setFailed(false);
    try {
      await navigator.share(shared(reported, labels));
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

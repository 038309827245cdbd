/** The last lines: what this is not, and the model with all that is owed to its makers. */

import type { ModelNews } from '../engine/state';
import { href } from '../navigation/route';
import type { ModelInfo } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';

interface Props {
  model: ModelInfo | null;
  news: ModelNews;
}

function News({ news }: { news: ModelNews }) {
  if (news?.kind === 'renewed') return <p role="status">{t('shell.modelRenewed', { version: news.version })}</p>;
  if (news?.kind !== 'failed') return null;
  return (
    <div class="model-failed">
      <p>{t('shell.modelFailed')}</p>
      <Notice failure={news.failure} />
    </div>
  );
}

export function Footer({ model, news }: Props) {
  return (
    <footer class="footer">
      <p class="footer-lead">{t('app.notDiagnosis')}</p>
      <News news={news} />
      <p>
        <a href={href('privacy')}>{t('privacy.title')}</a>
      </p>
      {model && (
        <p class="footer-model">
          {t('shell.model', { name: model.name, version: model.version })}.{' '}
          {model.licence && t('shell.licence', { licence: model.licence })}{' '}
          <span translate={false} lang="en" dir="ltr">
            {model.attribution}
          </span>
        </p>
      )}
    </footer>
  );
}

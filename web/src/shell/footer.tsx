/** The last lines: what this is not, and the model. The page about it names all that is owed to its makers. */

import type { ModelNews } from '../engine/state';
import { href } from '../navigation/route';
import type { ModelInfo } from '../protocol/engine-messages';
import { t } from '../text/i18n';

interface Props {
  model: ModelInfo | null;
  news: ModelNews;
}

function News({ news }: { news: ModelNews }) {
  if (news === null) return null;
  if (news.kind !== 'failed')
    return (
      <p role="status" data-news={news.kind}>
        {t(`shell.model.${news.kind}`, { version: news.version })}{' '}
        {news.kind !== 'renewed' && <a href={href('settings')}>{t('nav.settings')}</a>}
      </p>
    );
  return (
    <p class="model-failed" role="status" data-fault={news.failure.code}>
      {t('shell.modelFailed')} <a href={href('settings')}>{t('nav.settings')}</a>
    </p>
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
        <div class="footer-model">
          <p>
            <a href={href('model')}>{t('shell.model', { name: model.name, version: model.version })}</a>
          </p>
          {model.licence && <p>{t('shell.licence', { licence: model.licence })}</p>}
        </div>
      )}
    </footer>
  );
}

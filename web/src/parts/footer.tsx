/** The last lines: what this is not, and the model with all that is owed to its makers. */
import type { ModelInfo } from '../shared/messages';
import type { ModelNews } from '../state';
import { text } from '../text/en';
import { Notice } from './notice';

function News({ news }: { news: ModelNews }) {
  if (news?.kind === 'renewed') return <p role="status">{text.shell.modelRenewed(news.version)}</p>;
  if (news?.kind !== 'failed') return null;
  return (
    <div class="model-failed">
      <p>{text.shell.modelFailed}</p>
      <Notice failure={news.failure} />
    </div>
  );
}

export function Footer({ model, news }: { model: ModelInfo | null; news: ModelNews }) {
  return (
    <footer class="footer">
      <p class="footer-lead">{text.notDiagnosis}</p>
      <News news={news} />
      {model && (
        <p class="footer-model">
          {text.shell.model(model.name, model.version)}. {model.licence && `${text.shell.licence(model.licence)} `}
          {model.attribution}
        </p>
      )}
    </footer>
  );
}

/** More views of the same photo, on request, with a way to stop. */
import type { Actions } from '../actions';
import type { Answer } from '../protocol/engine-messages';
import type { State } from '../state';
import { t } from '../text/i18n';
import { Progress } from '../widgets/progress';

interface Props {
  answer: Answer;
  closer: State['closer'];
  actions: Actions;
}

export function Closer({ answer, closer, actions }: Props) {
  const { views, model } = answer;
  return (
    <section class="block closer" data-views={views}>
      <h3 class="small-heading">{t('closer.heading')}</h3>
      {closer ? (
        <>
          <Progress label={t('closer.progress', closer)} share={closer.done / closer.total} />
          <button type="button" class="button button-small" onClick={actions.stopCloser}>
            {t('closer.stop')}
          </button>
        </>
      ) : (
        <>
          <p>{t('closer.lead', { count: model.views })}</p>
          <p class="aside">{t('closer.done', { count: views })}</p>
          {views < model.views && (
            <button type="button" class="button button-small closer-start" onClick={() => void actions.lookCloser()}>
              {t('closer.start', { count: model.views })}
            </button>
          )}
        </>
      )}
    </section>
  );
}

/** More views of the same photo, on request, with a way to stop. */
import type { Actions } from '../actions';
import type { Answer } from '../protocol/engine-messages';
import type { State } from '../state';
import { t } from '../text/i18n';
import { Progress } from '../widgets/progress';

interface Props {
  answer: Answer;
  averaging: State['averaging'];
  actions: Actions;
}

/** One button, that starts and stops: the focus stays on it. */
export function MoreViews({ answer: { views, model }, averaging, actions }: Props) {
  return (
    <div class="more-views" data-views={views}>
      {(averaging || views < model.views) && (
        <button
          type="button"
          class={`button button-small ${averaging ? 'more-views-stop' : 'more-views-start'}`}
          title={t('views.lead', { count: model.views })}
          onClick={() => (averaging ? actions.stopAveraging() : void actions.averageViews())}
        >
          {averaging ? t('views.stop') : t('views.start', { count: model.views })}
        </button>
      )}
      {averaging && <Progress label={t('views.progress', averaging)} share={averaging.done / averaging.total} />}
      {!averaging && views > 1 && (
        <p class="aside" role="status">
          {t('views.done', { count: views })}
        </p>
      )}
    </div>
  );
}

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

export function MoreViews({ answer, averaging, actions }: Props) {
  const { views, model } = answer;
  return (
    <section class="block more-views" data-views={views}>
      <h3 class="small-heading">{t('views.heading')}</h3>
      {averaging ? (
        <>
          <Progress label={t('views.progress', averaging)} share={averaging.done / averaging.total} />
          <button type="button" class="button button-small" onClick={actions.stopAveraging}>
            {t('views.stop')}
          </button>
        </>
      ) : (
        <>
          <p>{t('views.lead', { count: model.views })}</p>
          <p class="aside">{t('views.done', { count: views })}</p>
          {views < model.views && (
            <button
              type="button"
              class="button button-small more-views-start"
              onClick={() => void actions.averageViews()}
            >
              {t('views.start', { count: model.views })}
            </button>
          )}
        </>
      )}
    </section>
  );
}

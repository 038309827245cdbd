/**
 * Word of a newer version of the app; it comes only when asked for. The bar stands in the page and covers nothing,
 * and can be put off: the settings go on telling of it.
 */
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/i18n';
import type { UpdateBarState } from './state';

interface Props extends UpdateBarState {
  onReload: () => void;
  onLater: () => void;
}

/** What is being read or tapped stays in its place, also where the browser does not see to that itself. */
function useSteadyPage(shown: boolean) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!bar.current || CSS.supports('overflow-anchor', 'auto')) return;
    const { bottom, height } = bar.current.getBoundingClientRect();
    if (bottom < 0) window.scrollBy(0, height);
  }, [shown]);
  return bar;
}

export function UpdateBar({ update, updateLater, updateBlocked, onReload, onLater }: Props) {
  const shown = update !== 'none' && !updateLater;
  const bar = useSteadyPage(shown);
  return (
    <div class="update-place" role="status">
      {shown && (
        <div ref={bar} class="news-bar update">
          <p>{t(updateBlocked ? 'shell.updateBlocked' : `shell.update.${update}`)}</p>
          <div class="button-row">
            <button type="button" class="button button-small" data-reload onClick={onReload}>
              {t('shell.reload')}
            </button>
            <button type="button" class="button button-small button-quiet" data-later onClick={onLater}>
              {t('shell.later')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

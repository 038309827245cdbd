/** The way to similar pictures, beside an answer: they are fetched when asked for. */
import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import { readLateTexts, t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import type { SimilarProps } from './similar-props';

export function Similar(props: SimilarProps) {
  const [View, setView] = useState<ComponentType<SimilarProps> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = () =>
    Promise.all([import('./similar-panel'), readLateTexts()]).then(
      ([{ SimilarPanel }]) => setView(() => SimilarPanel),
      (error: Error) => setFailure(toFailure(new Fault('screen', error.message))),
    );
  if (View) return <View {...props} />;
  return (
    <section class="block">
      <button type="button" class="button button-small similar-open" onClick={() => void open()}>
        {t('answer.similar')}
      </button>
      {failure && <Notice failure={failure} />}
    </section>
  );
}

/** A part of a screen that is a file of its own: fetched when it is first drawn, with the texts of late screens, and said where it cannot be. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import { readLateTexts, t } from '../text/i18n';
import { Notice } from './notice';
import { Progress } from './progress';

export function late<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Part: ComponentType<P> | null = null;
  return function Late(props: P) {
    const [failure, setFailure] = useState<Failure | null>(null);
    const [, redraw] = useState(0);
    const fetchPart = () => {
      setFailure(null);
      Promise.all([load(), readLateTexts()]).then(
        ([come]) => {
          Part = come;
          redraw((count) => count + 1);
        },
        (error: Error) => setFailure(toFailure(new Fault('screen', error.message))),
      );
    };
    useEffect(() => {
      if (!Part) fetchPart();
    }, []);
    if (Part) return <Part {...props} />;
    if (failure) return <Notice failure={failure} onRetry={fetchPart} />;
    return <Progress label={t('screen.loading')} share={null} />;
  };
}

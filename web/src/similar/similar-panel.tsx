/** Six lesions of known diagnosis that look like the photo to the network; whose pictures they are stands on each. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Label, SimilarLesion } from '../protocol/engine-messages';
import { type Failure, toFailure } from '../protocol/fault';
import { list, percent } from '../text/format';
import { t, tIfAny } from '../text/i18n';
import { labelFor } from '../text/label-names';
import { BlobImage } from '../widgets/blob-image';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import type { SimilarProps } from './similar-props';

type Found = { phase: 'asking' } | { phase: 'found'; lesions: SimilarLesion[] } | { phase: 'failed'; failure: Failure };

export function SimilarPanel({ ticket, labels, actions }: SimilarProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [found, setFound] = useState<Found>({ phase: 'asking' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    setFound({ phase: 'asking' });
    actions
      .equip(({ engine }) => engine)
      .similar(ticket)
      .then(
        (lesions) => wanted && setFound({ phase: 'found', lesions }),
        (error: unknown) => wanted && setFound({ phase: 'failed', failure: toFailure(error) }),
      );
    return () => {
      wanted = false;
    };
  }, [ticket, attempt, actions]);
  /* The button that was pressed is gone. */
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <section class="block similar" data-phase={found.phase}>
      <h3 class="small-heading" tabIndex={-1} ref={heading}>
        {t('answer.similar')}
      </h3>
      <p>{t('similar.lead')}</p>
      {found.phase === 'asking' && <Progress label={t('similar.asking')} share={null} />}
      {found.phase === 'failed' && <Notice failure={found.failure} onRetry={() => setAttempt((count) => count + 1)} />}
      {found.phase === 'found' && <Lesions lesions={found.lesions} labels={labels} />}
    </section>
  );
}

/** "Melanoma 4, Nevus 2", most first. */
function counted(lesions: SimilarLesion[], labels: Label[]): string {
  const counts = new Map<string, number>();
  for (const { label } of lesions) counts.set(label, (counts.get(label) ?? 0) + 1);
  const ordered = [...counts].sort(([, a], [, b]) => b - a);
  return list(ordered.map(([id, count]) => t('similar.count', { name: labelFor(id, labels).name, number: count })));
}

function Lesions({ lesions, labels }: { lesions: SimilarLesion[]; labels: Label[] }) {
  if (lesions.length === 0) return <p role="status">{t('similar.none')}</p>;
  return (
    <>
      <p class="similar-count" role="status">
        {counted(lesions, labels)}
      </p>
      <ol class="similar-list">
        {lesions.map((lesion) => (
          <Lesion key={lesion.id} lesion={lesion} name={labelFor(lesion.label, labels).name} />
        ))}
      </ol>
      <p class="aside">{t('similar.caveat')}</p>
    </>
  );
}

function Lesion({ lesion, name }: { lesion: SimilarLesion; name: string }) {
  const { id, similarity, confirmed, picture, source, where, attribution, licence } = lesion;
  const how = tIfAny(`similar.by.${confirmed}`) ?? confirmed;
  return (
    <li class="similar-lesion" data-label={lesion.label}>
      <BlobImage class="similar-picture" blob={picture} alt={t('similar.alt', { name })} />
      <p class="similar-name">{name}</p>
      <p class="aside">{t('similar.likeness', { share: percent(Math.max(0, similarity)), how })}</p>
      <details class="similar-credit">
        <summary>{licence}</summary>
        <p class="aside" translate={false} lang="en" dir="ltr">
          {`${id}, ${source}. ${attribution}. ${where}. ${licence}; reduced in size.`}
        </p>
      </details>
    </li>
  );
}

/** For which pictures which figures hold: how the model did on each kind of picture, in all and by source. */
import { useEffect, useRef } from 'preact/hooks';
import type { Figures, PictureKind, KindFigures as Stated } from '../protocol/engine-messages';
import { decimal, percent } from '../text/format';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';
import { FactList } from '../widgets/fact-list';

/** What the sources call themselves; one that is not here goes by its id. */
const SOURCE_NAMES: Record<string, string> = {
  ham10000: 'HAM10000',
  milk10k: 'MILK10k',
  'milk10k-clinical': 'MILK10k',
  msk: 'MSK',
  isic2020: 'ISIC 2020',
  bcn20000: 'BCN20000',
};

const COUNTS = [
  ['pictures', 'figures.pictures'],
  ['lesions', 'figures.lesions'],
] as const satisfies [keyof Figures, string][];
const SHARES = [
  ['accuracy', 'figures.accuracy'],
  ['balancedAccuracy', 'figures.balancedAccuracy'],
  ['melanomaRecall', 'figures.melanomaRecall'],
  ['setCoverage', 'figures.setCoverage'],
] as const satisfies [keyof Figures, string][];

function factsOf(figures: Figures): [string, string][] {
  const rows: [string, string][] = [];
  for (const [name, title] of COUNTS) {
    const value = figures[name];
    if (value !== null) rows.push([t(title), t('format.number', { value })]);
  }
  for (const [name, title] of SHARES) {
    const value = figures[name];
    if (value !== null) rows.push([t(title), percent(value)]);
  }
  if (figures.malignantAuc !== null) rows.push([t('figures.malignantAuc'), decimal(figures.malignantAuc, 2)]);
  return rows;
}

interface Props {
  kinds: PictureKind[];
  /** The version that was measured, where it is not this one. */
  of: string | null;
  /** The address asks for these figures. */
  shown: boolean;
}

export function KindFigures({ kinds, of, shown }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown) section.current?.scrollIntoView();
  }, [shown]);
  const stated = kinds.flatMap(({ id, figures }) => (figures ? [{ id, figures }] : []));
  if (stated.length === 0) return null;
  return (
    <section class="block kind-figures" ref={section}>
      <h3 class="lesson-part">{t('figures.heading')}</h3>
      <p>{t('figures.lead')}</p>
      {of !== null && <p>{t('figures.of', { version: of })}</p>}
      {stated.map(({ id, figures }) => (
        <OneKind key={id} name={id === '' ? '' : pictureName(id, kinds)} figures={figures} />
      ))}
      <p class="aside">{t('figures.auc')}</p>
    </section>
  );
}

function OneKind({ name, figures }: { name: string; figures: Stated }) {
  return (
    <div class="one-kind">
      {name && <h4 class="card-name">{name}</h4>}
      <FactList facts={factsOf(figures)} />
      {figures.sources.map(({ id, ...own }) => (
        <details class="details" key={id} data-source={id}>
          <summary translate={false}>{SOURCE_NAMES[id] ?? id}</summary>
          <FactList facts={factsOf(own)} />
        </details>
      ))}
    </div>
  );
}

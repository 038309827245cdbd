/** Of what kind the picture is; for a plain photo, before anything else, what such a photo can tell and what it cannot. */
import { PLAIN } from '../answer/decision';
import type { Answer, Figures, PictureKind } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';
import { WAYS, type Way } from './state';

interface Props {
  answer: Answer;
  /** null for a picture of no kind. */
  kind: PictureKind | null;
  /** How the person said to look at the spot. */
  way: Way | null;
}

export function Picture({ answer, kind, way }: Props) {
  const other = way !== null && way !== answer.kind && isWay(answer.kind);
  return (
    <section class="picture" data-kind={answer.kind}>
      <h2 class="picture-name">{pictureName(answer.kind, answer.model.kinds)}</h2>
      {other && <p class="other-way">{t(`way.${way}.other`)}</p>}
      {answer.kind === PLAIN && <PlainPhoto figures={kind?.figures ?? null} />}
    </section>
  );
}

const isWay = (kind: string | null): boolean => (WAYS as readonly (string | null)[]).includes(kind);

const ofHundred = (share: number) => ({ count: Math.round(share * 100) });

function PlainPhoto({ figures }: { figures: Figures | null }) {
  return (
    <>
      <p>{t('plain.can')}</p>
      <details>
        <summary>{t('plain.limits')}</summary>
        <p>{t('plain.cannot')}</p>
        {figures && figures.balancedAccuracy !== null && (
          <p class="aside">{t('plain.right', ofHundred(figures.balancedAccuracy))}</p>
        )}
        {figures && figures.malignantAuc !== null && (
          <p class="aside">{t('plain.pairs', ofHundred(figures.malignantAuc))}</p>
        )}
      </details>
    </>
  );
}

/** Of what kind the picture is; for a plain photo, before anything else, what such a photo can tell and what it cannot. */
import { PLAIN } from '../answer/decision';
import { href } from '../navigation/route';
import type { Answer, Figures, PictureKind } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';

interface Props {
  answer: Answer;
  /** null for a picture of no kind. */
  kind: PictureKind | null;
}

export function Picture({ answer, kind }: Props) {
  return (
    <section class="picture" data-kind={answer.kind}>
      <h2 class="picture-name">{pictureName(answer.kind, answer.model.kinds)}</h2>
      {answer.kind === PLAIN && <PlainPhoto figures={kind?.figures ?? null} />}
      {kind?.figures && (
        <a class="back" href={href('model', 'figures')}>
          {t('figures.link')}
        </a>
      )}
    </section>
  );
}

const ofHundred = (share: number) => ({ count: Math.round(share * 100) });

function PlainPhoto({ figures }: { figures: Figures | null }) {
  return (
    <>
      <p>{t('plain.can')}</p>
      <p>{t('plain.cannot')}</p>
      {figures && figures.balancedAccuracy !== null && (
        <p class="aside">{t('plain.right', ofHundred(figures.balancedAccuracy))}</p>
      )}
      {figures && figures.malignantAuc !== null && (
        <p class="aside">{t('plain.pairs', ofHundred(figures.malignantAuc))}</p>
      )}
    </>
  );
}

/** Names of the classes and of the kinds of picture: the model file's own, and in other languages ours where there is one. */
import type { Label, PictureKind } from '../protocol/engine-messages';
import { language, t, tIfAny } from './i18n';

const ours = (key: string) => (language() === 'en' ? null : tIfAny(key));

/** What to call the class `id`, also where the model at work does not know it, or none is here yet. */
export function labelFor(id: string, labels: Label[]): { name: string } {
  const label = labels.find((candidate) => candidate.id === id);
  return { name: label ? labelName(label) : (tIfAny(`kind.${id}`) ?? id) };
}

export const labelName = ({ id, name }: Label): string => ours(`kind.${id}`) ?? name;
export const labelAbout = ({ id, about }: Label): string => ours(`summary.${id}`) ?? about;

/** What to call a kind of picture; one that an answer does not state is unknown. */
export function pictureName(kind: string | null | undefined, kinds: PictureKind[]): string {
  if (!kind) return t('picture.unknown');
  const stated = kinds.find(({ id }) => id === kind)?.name;
  return ours(`picture.${kind}`) ?? stated ?? tIfAny(`picture.${kind}`) ?? kind;
}

/** Names and descriptions of the classes: the model file's own, and in other languages ours where there is one. */
import type { Label } from '../shared/messages';
import { language, tIfAny } from './i18n';

const ours = (key: string) => (language() === 'en' ? null : tIfAny(key));

export const kindName = ({ id, name }: Label): string => ours(`kind.${id}`) ?? name;
export const kindAbout = ({ id, about }: Label): string => ours(`kind.${id}.about`) ?? about;

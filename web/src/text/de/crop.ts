/** German; what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': 'Drehen oder Fleck wählen',
  'crop.place': 'Das Foto mit dem Quadrat, das betrachtet wird',
  'crop.help':
    'Ziehen Sie das Quadrat auf den Fleck, mit etwas Haut ringsum. Zwei Finger, das Rad oder + und − ändern die Größe; die Pfeiltasten bewegen es.',
  'crop.propose': 'Das gestrichelte Quadrat nehmen: um den größten dunklen Fleck',
  'crop.size': 'Größe',
  'crop.left': 'Nach links drehen',
  'crop.right': 'Nach rechts drehen',
  'crop.cancel': 'Abbrechen',
  'crop.done': 'Dies ansehen',
};

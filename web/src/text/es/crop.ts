/** Spanish; what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': 'Girar o elegir la mancha',
  'crop.place': 'La foto con el cuadrado que se mira',
  'crop.help':
    'Arrastre el cuadrado sobre la mancha, con algo de piel alrededor. Dos dedos, la rueda o + y − cambian el tamaño; las flechas lo mueven.',
  'crop.propose': 'Tomar el cuadrado discontinuo: alrededor de la mancha oscura más grande',
  'crop.size': 'Tamaño',
  'crop.left': 'Girar a la izquierda',
  'crop.right': 'Girar a la derecha',
  'crop.cancel': 'Cancelar',
  'crop.done': 'Mirar esto',
};

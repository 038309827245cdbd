/** Portuguese; what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': 'Girar ou escolher a mancha',
  'crop.place': 'A foto com o quadrado que é examinado',
  'crop.help':
    'Arraste o quadrado para a mancha, com alguma pele em volta. Dois dedos, a roda, ou + e − mudam o tamanho; as setas movem-no.',
  'crop.propose': 'Usar o quadrado tracejado: em volta da maior mancha escura',
  'crop.size': 'Tamanho',
  'crop.left': 'Girar à esquerda',
  'crop.right': 'Girar à direita',
  'crop.cancel': 'Cancelar',
  'crop.done': 'Examinar isto',
};

/** French; what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': 'Tourner ou choisir la tache',
  'crop.place': 'La photo avec le carré examiné',
  'crop.help':
    'Faites glisser le carré sur la tache, avec un peu de peau autour. Deux doigts, la molette, ou + et − changent sa taille ; les flèches le déplacent.',
  'crop.propose': 'Prendre le carré en pointillé : autour de la plus grande tache sombre',
  'crop.size': 'Taille',
  'crop.left': 'Tourner à gauche',
  'crop.right': 'Tourner à droite',
  'crop.cancel': 'Annuler',
  'crop.done': 'Examiner ceci',
};

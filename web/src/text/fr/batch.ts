/** French; what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': 'Plusieurs photos',
  'batch.heading': 'Plusieurs photos à la fois',
  'batch.lead':
    'L’une après l’autre, sur cet appareil. Le tableau peut s’emporter comme fichier ; rien d’autre n’est gardé.',
  'batch.choose': 'Choisir des photos',
  'batch.more': 'Ajouter des photos',
  'batch.stop': 'Arrêter',
  'batch.go': 'Continuer',
  'batch.clear': 'Vider le tableau',
  'batch.progress': '{done} sur {count}',
  'batch.settled': '{done} photos examinées sur {count}.',
  'batch.sort': 'Trier par',
  'batch.order.came': 'Ordre du choix',
  'batch.order.name': 'Nom',
  'batch.order.malignant': 'Types malins, les plus élevés d’abord',
  'batch.order.kind': 'Type',
  'batch.csv': 'Enregistrer en CSV',
  'batch.json': 'Enregistrer en JSON',
  'batch.photo': 'Photo',
  'batch.answer': 'Ressemble le plus à',
  'batch.malignant': 'Types malins',
  'batch.waiting': 'En attente',
  'batch.working': 'Examen',
  'batch.notLesion': 'pas une lésion',
  'batch.unsure': 'pas sûr',
  'batch.fault.blurred': 'floue',
  'batch.fault.dark': 'trop sombre',
  'batch.fault.bright': 'trop claire',
  'batch.fault.flat': 'sans contraste',
  'batch.fault.small': 'trop petite',
  'batch.fault.large': 'trop près',
  'batch.fault.cut': 'fichier incomplet',
};

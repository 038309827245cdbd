/** French; what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': 'Photo',
  'check.camera': 'Prendre une photo',
  'check.file': 'Choisir une photo',
  'check.another': 'En choisir une autre',
  'check.hint': 'ou déposez-la n’importe où, ou collez-la',
  'check.drop': 'Déposez la photo',
  'check.empty': 'La photo s’affichera ici',
  'check.yourPhoto': 'La photo choisie, recadrée au carré examiné',
  'check.unseen': 'Ce navigateur ne peut pas afficher l’image',
  'check.samples': 'Essayer un exemple',
  'check.samplesNote': 'Dessinés par un programme. Ce ne sont pas des photographies de peau.',
  'check.drawing': 'Dessin : {name}',
  'sample.even': 'brun uniforme',
  'sample.many': 'plusieurs couleurs',
  'sample.red': 'lacunes rouges',
  'sample.waxy': 'croûte cireuse',
  'sample.pale': 'centre pâle',
  'sample.vessels': 'vaisseaux ramifiés',
  'intro.heading': 'Un regard plus proche sur une tache de la peau',
  'intro.lead':
    'Lentigo compare une photo rapprochée aux types de lésions de la peau que son modèle a appris, et montre à quel point la photo ressemble à chacun.',
  'intro.privateHeading': 'La photo reste ici',
  'intro.private': 'Tout est calculé sur cet appareil. Rien de ce que vous montrez n’est envoyé ailleurs.',
  'intro.closeHeading': 'Proche, nette, éclairée également',
  'intro.close':
    'C’est avec un dermatoscope, par exemple une lentille à clipser, que le modèle réussit le mieux. Une simple photo de téléphone lui en dit bien moins.',
  'intro.limitHeading': 'Il peut se tromper',
  'intro.limit':
    'Il ne connaît que quelques types, et répond même quand l’image n’en montre aucun. Une tache qui vous inquiète doit être vue par un médecin.',
  'job.working': 'Examen de la photo',
  'job.failed': 'Pas de réponse pour cette photo',
  'job.retry': 'Réessayer',
  'job.waiting': 'La photo sera examinée dès que le moteur aura démarré.',
};

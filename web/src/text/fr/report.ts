/** French; what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': 'Rapport',
  'report.way': 'Une page à imprimer ou à partager',
  'report.heading': 'Rapport',
  'report.print': 'Imprimer ou enregistrer en PDF',
  'report.share': 'Partager',
  'report.none': 'Il n’y a pas de réponse à rapporter. Faites d’abord examiner une photo.',
  'report.date': 'Date',
  'report.site': 'Endroit',
  'report.size': 'Taille',
  'report.note': 'Note',
  'report.photo': 'Le carré examiné',
  'report.map': 'Ce qui parlait pour : {name}',
  'report.sum': 'Types malins ensemble : {share}',
  'report.sumMark': 'Types malins ensemble : {share} (repère à {mark})',
  'report.set': 'Cela peut être : {names}.',
  'report.made': 'Calculé sur l’appareil par {model}, fichier {hash}.',
  'report.views': { one: '{count} vue.', other: 'Moyenne de {count} vues.' },
  'report.disclaimer':
    'Fait par un programme comme aide à l’étude. Ni un dispositif médical, ni un diagnostic. Les nombres disent à quel point la photo ressemble aux images de la collection dont le modèle a appris ; ce ne sont pas les probabilités d’une maladie. Le programme manque des mélanomes. Seul un médecin peut dire si une tache doit être traitée.',
  'report.shared': 'Lentigo : {name}, {share}. {disclaimer}',
  'report.unshared': 'Le partage n’a pas réussi. Imprimez, ou enregistrez l’image.',
  'report.picture': 'Type d’image',
  'report.sharedName': '{name} ({kind})',
};

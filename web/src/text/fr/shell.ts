/** French; what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../messages';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': 'Une aide à l’étude. Ni un diagnostic, ni un dispositif médical.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'Aller au contenu',
  'nav.label': 'Principal',
  'nav.check': 'Examiner',
  'nav.history': 'Historique',
  'nav.settings': 'Réglages',
  'screen.loading': 'Chargement de cette page',
  'screen.failed': 'Cette page n’a pas pu être chargée',
  'shell.offline.unknown': 'Fonctionne sans réseau une fois chargée',
  'shell.offline.ready': 'Fonctionne sans réseau',
  'shell.offline.failed': 'A besoin du réseau',
  'shell.update.waiting': 'Une nouvelle version de l’application est prête.',
  'shell.update.taken': 'Une nouvelle version de l’application a été lancée dans une autre fenêtre.',
  'shell.update.withdrawn':
    'Cette version a été retirée par celui qui tient ce site. Enregistrez ce dont vous avez besoin, puis rechargez.',
  'shell.reload': 'Recharger',
  'shell.later': 'Plus tard',
  'shell.updateBlocked':
    'Ce qui est à l’écran ne peut pas être emporté dans la nouvelle version. Enregistrez ce dont vous avez besoin, puis rechargez.',
  'download.ready': '{name} est prêt.',
  'download.save': 'Enregistrer',
  'download.drop': 'Pas maintenant',
  'shell.model': 'Modèle {name} {version}',
  'shell.modelRenewed': 'Un modèle plus récent, {version}, a été adopté.',
  'shell.modelFailed': 'Un modèle plus récent n’a pas pu être adopté. Celui que vous avez continue de fonctionner.',
  'shell.licence': 'Licence du modèle : {licence}.',
  'engine.loading': 'Préparation du modèle',
  'engine.bytes': 'Réception du modèle : {received} sur {total}',
  'engine.left': 'Modèle : {received} sur {total}, encore {time} environ',
  'engine.stalled': 'Modèle : {received} sur {total}, rien de nouveau depuis {time}',
  'engine.hadCome': '{received} sur {total} du modèle étaient arrivés.',
  'engine.again': 'Dernier essai à {time}. Dès que le réseau sera là, un nouvel essai se fera de lui-même.',
  'engine.ready': 'Prêt',
  'engine.failed': 'Le moteur n’a pas démarré',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': 'Cette page n’existe pas',
  'missing.lead':
    'Rien dans cette application ne se trouve à cette adresse. Cela a peut-être été supprimé, ou l’adresse est incomplète.',
  'missing.way': 'Vers la première page',
  'broken.heading': 'Cette page ne fonctionne pas',
};

/** German; what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': 'Foto',
  'check.camera': 'Foto aufnehmen',
  'check.file': 'Foto wählen',
  'check.another': 'Anderes wählen',
  'check.hint': 'oder irgendwo hierher ziehen oder einfügen',
  'check.drop': 'Foto loslassen',
  'check.empty': 'Hier wird das Foto gezeigt',
  'check.yourPhoto': 'Das gewählte Foto, auf das betrachtete Quadrat beschnitten',
  'check.unseen': 'Dieser Browser kann das Bild nicht zeigen',
  'check.samples': 'Ein Beispiel probieren',
  'check.samplesNote': 'Von einem Programm gezeichnet. Das sind keine Fotos von Haut.',
  'check.drawing': 'Zeichnung: {name}',
  'sample.even': 'gleichmäßig braun',
  'sample.many': 'viele Farben',
  'sample.red': 'rote Seen',
  'sample.waxy': 'wächserne Kruste',
  'sample.pale': 'helle Mitte',
  'sample.vessels': 'verzweigte Gefäße',
  'intro.heading': 'Ein genauerer Blick auf einen Fleck der Haut',
  'intro.lead':
    'Lentigo vergleicht eine Nahaufnahme mit den Arten von Hautveränderungen, die sein Modell gelernt hat, und zeigt, wie sehr das Foto jeder davon ähnelt.',
  'intro.privateHeading': 'Das Foto bleibt hier',
  'intro.private': 'Alles wird auf diesem Gerät berechnet. Nichts, was Sie zeigen, wird irgendwohin gesendet.',
  'intro.closeHeading': 'Nah, scharf, gleichmäßig beleuchtet',
  'intro.close':
    'Durch ein Dermatoskop, etwa eine aufgesteckte Linse, gelingt es dem Modell am besten. Ein einfaches Handyfoto sagt ihm weit weniger.',
  'intro.limitHeading': 'Es kann sich irren',
  'intro.limit':
    'Es kennt nur wenige Arten und antwortet auch dann, wenn das Bild keine davon zeigt. Ein Fleck, der Ihnen Sorgen macht, gehört vor ärztliche Augen.',
  'job.working': 'Das Foto wird betrachtet',
  'job.failed': 'Keine Antwort zu diesem Foto',
  'job.retry': 'Noch einmal versuchen',
  'job.waiting': 'Das Foto wird betrachtet, sobald das Rechenwerk gestartet ist.',
};

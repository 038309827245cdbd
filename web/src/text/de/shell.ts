/** German; what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../messages';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': 'Eine Hilfe zum Lernen. Keine Diagnose, kein Medizinprodukt.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'Zum Inhalt springen',
  'nav.label': 'Hauptmenü',
  'nav.check': 'Ansehen',
  'nav.history': 'Verlauf',
  'nav.settings': 'Einstellungen',
  'screen.loading': 'Diese Seite wird geladen',
  'screen.failed': 'Diese Seite konnte nicht geladen werden',
  'shell.offline.unknown': 'Funktioniert nach dem Laden ohne Netz',
  'shell.offline.ready': 'Funktioniert ohne Netz',
  'shell.offline.failed': 'Braucht das Netz',
  'shell.update.waiting': 'Eine neue Version der App ist bereit.',
  'shell.update.taken': 'In einem anderen Fenster wurde eine neue Version der App gestartet.',
  'shell.update.withdrawn':
    'Diese Version wurde vom Betreiber der Website zurückgezogen. Sichern Sie, was Sie brauchen, und laden Sie dann neu.',
  'shell.reload': 'Neu laden',
  'shell.later': 'Später',
  'shell.updateBlocked':
    'Was zu sehen ist, lässt sich nicht in die neue Version mitnehmen. Sichern Sie, was Sie brauchen, und laden Sie dann neu.',
  'download.ready': '{name} ist fertig.',
  'download.save': 'Sichern',
  'download.drop': 'Nicht jetzt',
  'shell.model': 'Modell {name} {version}',
  'shell.modelRenewed': 'Ein neueres Modell, {version}, wurde übernommen.',
  'shell.modelFailed': 'Ein neueres Modell konnte nicht übernommen werden. Das vorhandene arbeitet weiter.',
  'shell.licence': 'Lizenz des Modells: {licence}.',
  'engine.loading': 'Das Modell wird vorbereitet',
  'engine.bytes': 'Das Modell wird geholt: {received} von {total}',
  'engine.left': 'Modell: {received} von {total}, noch etwa {time}',
  'engine.stalled': 'Modell: {received} von {total}, seit {time} nichts Neues',
  'engine.hadCome': '{received} von {total} des Modells waren angekommen.',
  'engine.again': 'Zuletzt versucht um {time}. Sobald wieder ein Netz da ist, wird es von selbst noch einmal versucht.',
  'engine.ready': 'Bereit',
  'engine.failed': 'Das Rechenwerk ist nicht gestartet',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': 'Diese Seite gibt es nicht',
  'missing.lead':
    'An dieser Adresse ist nichts in dieser App. Vielleicht wurde es gelöscht, oder die Adresse ist nicht vollständig.',
  'missing.way': 'Zur ersten Seite',
  'broken.heading': 'Diese Seite funktioniert nicht',
};

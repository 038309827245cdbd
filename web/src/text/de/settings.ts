/** German; what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

export const settings: Texts<typeof english> = {
  'settings.heading': 'Einstellungen',
  'settings.language': 'Sprache',
  'settings.languageAuto': 'Wie im Browser',
  'settings.point': 'Marke für die bösartigen Arten',
  'settings.pointLead': 'Eine niedrigere Marke findet mehr Bösartiges und warnt öfter ohne Grund.',
  'settings.pointOwn': 'Marke bei {share} (die des Modells)',
  'settings.pointAt': 'Marke bei {share}',
  'settings.pointFigures': 'Von 100 bösartigen findet sie etwa {found}; von 100 harmlosen verschont sie etwa {spared}.',
  'settings.history': 'Einen Verlauf auf diesem Gerät führen',
  'settings.historyNote': 'Aus: Nichts Neues kann aufbewahrt werden. Was da ist, bleibt, bis Sie es löschen.',
  'settings.threads': 'Threads',
  'settings.threadsLead':
    'Mit mehr davon kommen Antworten früher, vor allem bei vielen Fotos und beim genaueren Hinsehen; es braucht mehr Strom und Speicher. Die Antworten bleiben dieselben.',
  'settings.threadCount': { one: '{count} Thread', other: '{count} Threads' },
  'settings.threadsLater':
    'Mehr als einer lässt sich wählen, sobald die App auf diesem Gerät abgelegt ist und neu geöffnet wurde.',
  'settings.threadsOne': 'In diesem Browser rechnet die Engine auf einem.',
  'settings.units': 'Längeneinheit',
  'settings.units.metric': 'Millimeter',
  'settings.units.imperial': 'Zoll',
};

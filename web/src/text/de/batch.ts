/** German; what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': 'Viele Fotos',
  'batch.heading': 'Viele Fotos auf einmal',
  'batch.lead':
    'Eines nach dem anderen, auf diesem Gerät. Die Tabelle lässt sich als Datei mitnehmen; sonst wird nichts aufbewahrt.',
  'batch.choose': 'Fotos wählen',
  'batch.more': 'Fotos hinzufügen',
  'batch.stop': 'Anhalten',
  'batch.go': 'Weiter',
  'batch.clear': 'Tabelle leeren',
  'batch.progress': '{done} von {count}',
  'batch.settled': '{done} von {count} Fotos betrachtet.',
  'batch.sort': 'Ordnen nach',
  'batch.order.came': 'Reihenfolge der Wahl',
  'batch.order.name': 'Name',
  'batch.order.malignant': 'Bösartige Arten, höchste zuerst',
  'batch.order.kind': 'Art',
  'batch.csv': 'Als CSV sichern',
  'batch.json': 'Als JSON sichern',
  'batch.photo': 'Foto',
  'batch.answer': 'Ähnelt am meisten',
  'batch.malignant': 'Bösartige Arten',
  'batch.waiting': 'Wartet',
  'batch.working': 'Wird betrachtet',
  'batch.notLesion': 'kein Hautfleck',
  'batch.unsure': 'nicht sicher',
  'batch.fault.blurred': 'unscharf',
  'batch.fault.dark': 'zu dunkel',
  'batch.fault.bright': 'zu hell',
  'batch.fault.flat': 'kein Kontrast',
  'batch.fault.small': 'zu klein',
  'batch.fault.large': 'zu nah',
  'batch.fault.cut': 'Datei unvollständig',
};

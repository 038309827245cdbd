/** German; what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': 'Bericht',
  'report.way': 'Eine Seite zum Drucken oder Teilen',
  'report.heading': 'Bericht',
  'report.print': 'Drucken oder als PDF sichern',
  'report.share': 'Teilen',
  'report.none': 'Es gibt keine Antwort für einen Bericht. Lassen Sie zuerst ein Foto ansehen.',
  'report.date': 'Datum',
  'report.site': 'Stelle',
  'report.size': 'Größe',
  'report.note': 'Notiz',
  'report.photo': 'Das betrachtete Quadrat',
  'report.map': 'Was für {name} sprach',
  'report.sum': 'Bösartige Arten zusammen: {share}',
  'report.sumMark': 'Bösartige Arten zusammen: {share} (Marke bei {mark})',
  'report.set': 'Es kann sein: {names}.',
  'report.made': 'Auf dem Gerät berechnet von {model}, Datei {hash}.',
  'report.views': { one: '{count} Ansicht.', other: 'Mittel aus {count} Ansichten.' },
  'report.disclaimer':
    'Von einem Programm als Hilfe zum Lernen gemacht. Kein Medizinprodukt, keine Diagnose. Die Zahlen sagen, wie sehr das Foto Bildern der Sammlung ähnelt, von der das Modell gelernt hat; sie sind nicht die Wahrscheinlichkeit einer Krankheit. Das Programm übersieht Melanome. Ob ein Fleck behandelt werden muss, lässt sich nur ärztlich sagen.',
  'report.shared': 'Lentigo: {name}, {share}. {disclaimer}',
  'report.unshared': 'Das Teilen ging nicht. Drucken Sie stattdessen, oder sichern Sie das Bild.',
  'report.picture': 'Art des Bildes',
  'report.sharedName': '{name} ({kind})',
};

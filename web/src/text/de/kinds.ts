/** German; what it is for is in ../en/kinds.ts. */

import type { kinds as english } from '../en/kinds';
import type { Texts } from '../messages';

export const kinds: Texts<typeof english> = {
  'kind.akiec': 'Aktinische Keratose oder Morbus Bowen',
  'kind.akiec.about':
    'Raue, schuppige Stellen von Jahren in der Sonne. Sie sind eine frühe Form von Hautkrebs, die in der obersten Hautschicht bleibt, und werden meist behandelt, damit sie nicht tiefer wachsen.',
  'kind.bcc': 'Basalzellkarzinom',
  'kind.bcc.about':
    'Der häufigste Hautkrebs. Er wächst langsam und streut sehr selten, schädigt aber die Haut ringsum und sollte entfernt werden.',
  'kind.bkl': 'Gutartige Keratose',
  'kind.bkl.about':
    'Harmlose Wucherungen wie seborrhoische Keratosen (Alterswarzen) und Sonnenflecken. Sie sind im Alter häufig und brauchen keine Behandlung, doch manche sehen einem Melanom sehr ähnlich.',
  'kind.df': 'Dermatofibrom',
  'kind.df.about':
    'Ein kleiner, fester, harmloser Knoten in der Haut, oft an den Beinen und oft nach einem Insektenstich oder Kratzer.',
  'kind.mel': 'Melanom',
  'kind.mel.about':
    'Die gefährlichste dieser Arten: ein Krebs der Pigmentzellen, der streuen kann. Früh gefunden, lässt er sich durch Entfernen fast immer heilen.',
  'kind.nv': 'Nävus (Muttermal)',
  'kind.nv.about':
    'Ein gewöhnliches Muttermal: eine harmlose Ansammlung von Pigmentzellen. Eines, das sich ändert, blutet oder anders aussieht als die übrigen, sollte ärztlich angesehen werden.',
  'kind.vasc': 'Gefäßveränderung',
  'kind.vasc.about':
    'Kleine Wucherungen oder Blutungen von Blutgefäßen, etwa Kirschangiome. Sie sind rot, violett oder fast schwarz und meist harmlos.',
  'lesson.heading': 'Die Arten in einfachen Worten',
  'lesson.lead': 'Was jede ist, was sie nicht ist, und was man gewöhnlich als Nächstes tut.',
  'lesson.what': 'Was es ist',
  'lesson.not': 'Was es nicht ist',
  'lesson.next': 'Was man gewöhnlich als Nächstes tut',
  'lesson.sources': 'Für diese App geschrieben nach',
  'lesson.all': 'Alle Arten',
  'lesson.unknown': 'Zu dieser Art gibt es keine Seite.',
  'lesson.read': 'Mehr darüber',
  'lesson.noAdvice': 'Das ist allgemeines Wissen, kein Rat zu Ihrer Haut.',
};

/** French; what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

export const settings: Texts<typeof english> = {
  'settings.heading': 'Réglages',
  'settings.language': 'Langue',
  'settings.languageAuto': 'Celle du navigateur',
  'settings.point': 'Repère pour les types malins',
  'settings.pointLead': 'Un repère plus bas trouve plus de lésions malignes et alerte plus souvent sans raison.',
  'settings.pointOwn': 'Repère à {share} (celui du modèle)',
  'settings.pointAt': 'Repère à {share}',
  'settings.pointFigures':
    'Sur 100 malignes, il en trouve environ {found} ; sur 100 inoffensives, il en épargne environ {spared}.',
  'settings.history': 'Tenir un historique sur cet appareil',
  'settings.historyNote':
    'Désactivé : rien de nouveau ne peut être gardé. Ce qui l’a été reste jusqu’à ce que vous le supprimiez.',
  'settings.threads': 'Fils d’exécution',
  'settings.threadsLead':
    'Avec plusieurs fils, les réponses viennent plus vite, surtout pour beaucoup de photos et pour regarder de plus près ; cela demande plus d’énergie et de mémoire. Les réponses restent les mêmes.',
  'settings.threadCount': { one: '{count} fil', other: '{count} fils' },
  'settings.threadsLater':
    'On pourra en choisir plusieurs quand l’application sera gardée sur cet appareil et aura été rouverte.',
  'settings.threadsOne': 'Dans ce navigateur, le moteur en utilise un seul.',
  'settings.units': 'Unités de longueur',
  'settings.units.metric': 'Millimètres',
  'settings.units.imperial': 'Pouces',
};

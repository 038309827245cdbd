/** French; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../i18n';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Confidentialité',
  'privacy.heading': 'Rien ne sort. Essayez.',
  'privacy.lead':
    'Votre photo est examinée sur cet appareil. Vous n’avez pas à nous croire : ce site dit au navigateur ce qu’il n’aura jamais le droit de faire, et le navigateur le refuse au site lui-même.',
  'privacy.tryHeading': 'Essayer d’envoyer quelque chose',
  'privacy.try':
    'Le bouton fait demander à cette page, et à la partie d’elle qui tient votre photo, une adresse ailleurs. L’adresse est un nom réservé qui n’appartient à personne.',
  'privacy.button': 'Essayer',
  'privacy.again': 'Essayer encore',
  'privacy.trying': 'Essai en cours',
  'privacy.offline':
    'Il n’y a pas de réseau en ce moment. Le résultat est le même : le navigateur refuse avant d’en chercher un.',
  'privacy.allRefused': 'Le navigateur a refusé chaque essai.',
  'privacy.noneArrived': 'Rien n’est passé. Ce navigateur ne dit pas de chaque essai que la règle l’a arrêté.',
  'privacy.arrived': 'Quelque chose a été envoyé. Mettez le navigateur à jour et prévenez celui qui tient ce site.',
  'privacy.fromPage': 'Depuis la page',
  'privacy.fromWorker': 'Depuis la partie avec la photo',
  'privacy.noWorker': 'Cette partie ne fonctionne pas en ce moment.',
  'privacy.way.fetch': 'Demander un fichier',
  'privacy.way.picture': 'Charger une image',
  'privacy.way.message': 'Laisser un message en fermant',
  'privacy.way.line': 'Ouvrir une ligne permanente',
  'privacy.outcome.refused': 'refusé par la règle {directive}',
  'privacy.outcome.arrived': 'envoyé',
  'privacy.outcome.unclear': 'échoué ; le navigateur ne dit pas pourquoi',
  'privacy.forbidHeading': 'Ce que le navigateur interdit à ce site',
  'privacy.forbid.connect': 'Demander quoi que ce soit à un autre site, ou lui envoyer quoi que ce soit.',
  'privacy.forbid.load': 'Charger des images, scripts, styles, polices ou cadres d’un autre site.',
  'privacy.forbid.script':
    'Exécuter du texte comme script, ou accepter des scripts qui ne sont pas venus avec l’application.',
  'privacy.forbid.form': 'Envoyer un formulaire où que ce soit.',
  'privacy.forbid.sensors': 'Le micro et le lieu. La caméra seulement quand vous la demandez.',
  'privacy.keepHeading': 'Ce qui reste sur cet appareil',
  'privacy.keep':
    'L’application elle-même, le modèle et vos réglages. Des photos seulement si vous activez l’historique, et alors ici seulement. Une photo n’est dans aucune adresse ni aucun journal. Celle que vous partagez depuis une autre application est reçue par la copie de l’application dans le navigateur ; le site n’est pas interrogé.',
  'privacy.asksHeading': 'Ce qu’on demande encore au site',
  'privacy.asks':
    'De temps en temps, s’il y a une application ou un modèle plus récents : deux noms de fichiers, les mêmes pour tous. En mode avion, même cela n’a pas lieu, et tout fonctionne.',
  'privacy.limitsHeading': 'Ce que cela ne prouve pas',
  'privacy.limits':
    'Un lien que vous suivez mène ailleurs, comme tous les liens. Et aucune page ne peut répondre du navigateur, de ses extensions ou du téléphone.',
};

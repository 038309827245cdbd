/** French; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../messages';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Confidentialité',
  'privacy.heading': 'Votre photo reste ici. Essayez.',
  'privacy.lead':
    'Votre photo est examinée sur cet appareil, et le code de cette application ne l’envoie nulle part. Vous n’avez pas à nous croire : le site dit au navigateur ce qu’il n’aura jamais le droit de faire, le navigateur le refuse au site lui-même, et le premier script de la page ferme ce qui reste. Ce que cela prouve, et ce que cela ne prouve pas, est écrit plus bas.',
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
  'privacy.someOpen': 'Rien n’est passé. Ce que ce navigateur laisse ouvert à toute page est signalé plus bas.',
  'privacy.arrived': 'Quelque chose a été envoyé. Mettez le navigateur à jour et prévenez celui qui tient ce site.',
  'privacy.fromPage': 'Depuis la page',
  'privacy.fromWorker': 'Depuis la partie avec la photo',
  'privacy.byScript': 'Fermé par le premier script de la page',
  'privacy.noWorker': 'Cette partie ne fonctionne pas en ce moment.',
  'privacy.way.fetch': 'Demander un fichier',
  'privacy.way.picture': 'Charger une image',
  'privacy.way.message': 'Laisser un message en fermant',
  'privacy.way.line': 'Ouvrir une ligne permanente',
  'privacy.way.stream': 'Écouter un autre site',
  'privacy.way.font': 'Charger une police',
  'privacy.way.frame': 'Afficher un autre site dans celui-ci',
  'privacy.way.prefetch': 'Demander une page d’avance',
  'privacy.way.call': 'Un appel de navigateur à navigateur',
  'privacy.way.inner': 'Le même depuis un cadre à soi',
  'privacy.way.window': 'Une autre fenêtre',
  'privacy.way.leave': 'Mener cette page ailleurs',
  'privacy.way.ahead': 'Se connecter d’avance à un site',
  'privacy.outcome.refused': 'refusé par la règle {directive}',
  'privacy.outcome.arrived': 'envoyé',
  'privacy.outcome.unclear': 'échoué ; le navigateur ne dit pas pourquoi',
  'privacy.outcome.closed': 'fermé',
  'privacy.outcome.open': 'ce navigateur ne donne aucun moyen de le fermer',
  'privacy.forbidHeading': 'Ce que le navigateur interdit à ce site',
  'privacy.forbid.connect': 'Demander quoi que ce soit à un autre site, ou lui envoyer quoi que ce soit.',
  'privacy.forbid.load': 'Charger des images, scripts, styles, polices ou cadres d’un autre site.',
  'privacy.forbid.script':
    'Exécuter du texte comme script, ou accepter des scripts qui ne sont pas venus avec l’application.',
  'privacy.forbid.form': 'Envoyer un formulaire où que ce soit.',
  'privacy.forbid.sensors': 'Le micro et le lieu. La caméra seulement quand vous la demandez.',
  'privacy.closedHeading': 'Ce que ferme le premier script',
  'privacy.closed':
    'Les appels de navigateur à navigateur (WebRTC) échappent à toutes les règles du navigateur ; de même les connexions faites d’avance, les fenêtres et cadres qui auraient de nouveau ces appels, les cookies, et un script qui mène la page à une adresse contenant du texte. Le premier script de la page les retire avant qu’aucun autre ne s’exécute, et aucun ne peut les rétablir.',
  'privacy.codeHeading': 'Ce que le code ne fait jamais',
  'privacy.code':
    'Aucune ligne de cette application n’envoie une photo, une réponse ou une note, pas même à son propre site. Les tests de chaque version surveillent chaque requête et chaque tentative hostile citée ici.',
  'privacy.keepHeading': 'Ce qui reste sur cet appareil',
  'privacy.keep':
    'L’application elle-même, le modèle et vos réglages. Des photos seulement si vous activez l’historique, et alors ici seulement. Une photo n’est dans aucune adresse ni aucun journal. Celle que vous partagez depuis une autre application est reçue par la copie de l’application dans le navigateur ; le site n’est pas interrogé.',
  'privacy.asksHeading': 'Ce qu’on demande encore au site',
  'privacy.asks':
    'De temps en temps, s’il y a une application ou un modèle plus récents : deux noms de fichiers, les mêmes pour tous. En mode avion, même cela n’a pas lieu, et tout fonctionne.',
  'privacy.clearedHeading': 'Si vous effacez les données du site',
  'privacy.cleared':
    'Désinstallez d’abord l’application, ou ouvrez-la une fois ensuite. Tant qu’elle est installée sans ses données, une photo que vous lui partagez depuis une autre application va au serveur de ce site : le site est réglé pour la refuser, mais elle a alors quitté l’appareil.',
  'privacy.hostileHeading': 'Ce qu’un script hostile pourrait encore faire',
  'privacy.hostile':
    'Si malgré tout il en entrait un dans l’application : dans un navigateur sans Navigation API (Safari avant 26.2), il pourrait mener la page, au vu de tous, à une adresse contenant du texte. Il pourrait attendre que vous touchiez un lien. Avant que l’application soit gardée sur l’appareil, il pourrait mettre du texte dans une requête au serveur de ce site.',
  'privacy.limitsHeading': 'Ce que cela ne prouve pas',
  'privacy.limits':
    'Un lien que vous suivez mène ailleurs, comme tous les liens. Et aucune page ne peut répondre du navigateur, de ses extensions ou du téléphone.',
};

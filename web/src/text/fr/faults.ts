/** French; what it is for is in ../en/faults.ts. */

import type { faults as english } from '../en/faults';
import type { Texts } from '../messages';

export const faults: Texts<typeof english> = {
  'fault.insecure':
    'Cette page doit être ouverte par https (ou localhost) ; sinon le navigateur refuse ce dont elle a besoin.',
  'fault.no-simd':
    'Il manque à ce navigateur WebAssembly SIMD, sur lequel repose le moteur. Un Chrome, Edge, Firefox ou Safari (16.4 et plus) récent l’a.',
  'fault.engine-load': 'Le moteur n’a pas pu être chargé. Vérifiez la connexion ou rechargez la page.',
  'fault.catalog':
    'La liste des modèles n’a pas pu être lue. Le site est peut-être mal configuré, ou la page de connexion d’un réseau répond à sa place.',
  'fault.catalog-network':
    'Le modèle n’a pas pu être obtenu : pas de connexion au site. Une fois chargé, il n’a plus besoin du réseau.',
  'fault.model-network': 'Le modèle n’a pas pu être obtenu. Vérifiez la connexion.',
  'fault.model-hash': 'Le modèle arrivé n’est pas celui qui était annoncé ; il n’a donc pas été utilisé.',
  'fault.storage': 'Le navigateur n’a pas donné de place pour garder le modèle.',
  'fault.threads': 'Les fils du moteur n’ont pas démarré ; il en utilise un seul.',
  'fault.unbound':
    'Ce navigateur n’a pas pu démarrer le moteur sous les règles de confidentialité du site ; il n’a donc pas été démarré. Un nouvel essai a lieu dès que l’application est gardée sur l’appareil ; recharger la page aide aussi.',
  'fault.time-out': 'C’était trop long et cela a été arrêté.',
  'fault.crash': 'Quelque chose a échoué dans le moteur. Il a été redémarré, et tout le reste continue.',
  'fault.stale': 'Une autre photo a été examinée depuis.',
  'fault.not-a-picture': 'Ce n’est pas une image que ce navigateur sait lire. JPEG et PNG fonctionnent toujours.',
  'fault.heic':
    'Ce navigateur ne sait pas lire le HEIC, le format des photos d’iPhone. Safari le sait ; ou enregistrez d’abord la photo en JPEG.',
  'fault.empty-file': 'Le fichier est vide.',
  'fault.sample': 'L’exemple n’a pas pu être obtenu. Vérifiez la connexion.',
  'fault.folder': 'C’est un dossier. Déposez plutôt les photos qu’il contient.',
  'fault.link':
    'Ce n’est pas un fichier. Enregistrez d’abord l’image, puis déposez-la ou choisissez-la : cette page ne va rien chercher ailleurs.',
  'fault.text': 'C’est du texte, pas une photo.',
  'fault.nothing-shared': 'Aucune photo n’accompagnait ce qui a été partagé.',
  'fault.file-gone': 'Le fichier n’a pas pu être ouvert. Il a peut-être été déplacé ou supprimé.',
  'fault.camera-denied':
    'L’appareil photo n’a pas été autorisé. Autorisez-le dans les réglages du navigateur pour cette page, ou choisissez une photo.',
  'fault.camera-none': 'Cet appareil n’a pas de caméra connue du navigateur. Choisissez plutôt une photo.',
  'fault.camera-busy': 'Un autre programme occupe la caméra. Fermez-le et réessayez, ou choisissez une photo.',
  'fault.camera-lost': 'La caméra a été retirée. Réessayez, ou choisissez une photo.',
  'fault.camera-unfit': 'La caméra ne peut pas servir comme cette page en a besoin. Choisissez plutôt une photo.',
  'fault.camera-unsupported':
    'Ce navigateur ne donne pas de caméra aux pages. Utilisez l’application photo, ou choisissez une photo.',
  'fault.camera-failed': 'La caméra n’a pas démarré. Réessayez, ou choisissez une photo.',
  'fault.nothing-pasted': 'Il n’y a pas d’image dans le presse-papiers.',
  'fault.LT_MEMORY':
    'Il n’y a pas assez de mémoire pour cela. Fermer d’autres onglets peut aider, ou une photo plus petite.',
  'fault.LT_MODEL_FORMAT': 'Le fichier du modèle est endommagé.',
  'fault.LT_MODEL_UNSUPPORTED':
    'Le modèle demande plus que cette version de l’application ne sait faire. Recharger peut en apporter une plus récente.',
  'fault.LT_MODEL_METADATA': 'Ce que le fichier du modèle dit de lui-même est faux.',
  'fault.LT_IMAGE_FORMAT': 'La photo est endommagée, ou n’est pas ce qu’elle prétend être.',
  'fault.LT_IMAGE_UNSUPPORTED':
    'Ce genre de JPEG ou de PNG n’est pas lu. Enregistrée à nouveau par un programme de photo, elle le sera.',
  'fault.LT_IMAGE_SIZE': 'La photo a trop de pixels. Une version plus petite convient aussi.',
  'fault.language': 'Les textes de cette langue n’ont pas pu être obtenus. Vérifiez la connexion.',
  'fault.screen': 'Cette page n’a pas pu être obtenue. Vérifiez la connexion ou rechargez.',
  'fault.history-blocked':
    'Le navigateur ne laisse rien garder à cette page, comme dans une fenêtre privée. Rien n’a été perdu, rien n’a été gardé.',
  'fault.history-full':
    'Il n’y a plus de place sur cet appareil. Rien n’a été ajouté ; tout ce qui était gardé est encore là. Supprimer de vieilles photos fait de la place.',
  'fault.history-archive': 'Ce fichier n’est pas un historique complet de cette application. Rien n’a été changé.',
  'fault.preferences': 'Le navigateur ne garde pas de réglages ici. Ils valent jusqu’à la fermeture de la page.',
  'fault.history-bomb': 'Une fois décompressé, ce fichier est bien plus gros qu’un historique. Rien n’a été modifié.',
  'fault.history-changed':
    'Ceci a été modifié ailleurs entre-temps ; rien n’a donc été écrasé. Ce qui s’y trouve maintenant est affiché ; appuyez encore une fois pour écrire votre version.',
  'fault.history-elsewhere':
    'Un autre onglet de cette application retient l’historique. Fermez-le ou attendez, puis réessayez.',
  'fault.history-gone': 'Ceci a été supprimé entre-temps, peut-être dans un autre onglet. Rien n’a été écrit.',
  'fault.history-newer':
    'L’historique a été écrit par une version plus récente de cette application. Rechargez la page pour l’obtenir.',
  'fault.history-time-out':
    'Le stockage du navigateur n’a pas répondu à temps et l’opération a été abandonnée. Réessayez ou rechargez la page.',
  'fault.screen-broken':
    'Quelque chose sur cette page n’a pas pu être affiché. Ce qui est conservé sur cet appareil est toujours là.',
};

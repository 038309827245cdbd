/** French; what it is for is in ../en/answer.ts. */

import type { answer as english } from '../en/answer';
import type { Texts } from '../messages';

export const answer: Texts<typeof english> = {
  'answer.label': 'Réponse',
  'answer.most': 'Ressemble le plus à',
  'answer.spoken': 'Ressemble le plus à : {name}, {share}.',
  'answer.sample': 'Ceci est la réponse pour un dessin fait par un programme.',
  'answer.bars': 'À quel point elle ressemble à chaque type',
  'answer.malignantKind': 'malin',
  'answer.malignant': 'Types malins ensemble',
  'answer.malignantOf': 'La somme de {names}.',
  'answer.mark': 'repère à {share}',
  'answer.above':
    'Au repère ou au-dessus. C’est là que se trouvaient la plupart des lésions malignes des essais du modèle, et aussi beaucoup d’inoffensives.',
  'answer.below':
    'Sous le repère. C’est là que se trouvaient la plupart des lésions inoffensives des essais du modèle, et aussi quelques malignes.',
  'answer.unmarked': 'Le modèle ne fixe pas de repère pour cette somme.',
  'answer.figuresHeading': 'Ce que le repère signifie en chiffres',
  'answer.figures.found': 'Sur 100 lésions malignes, environ {count} étaient au repère ou au-dessus.',
  'answer.figures.spared': 'Sur 100 lésions inoffensives, environ {count} étaient au-dessous.',
  'answer.figures.ppv':
    'Sur 100 réponses au-dessus, environ {count} étaient malignes, dans une collection où les lésions malignes sont fréquentes.',
  'answer.figures.ppvTwo': 'Là où 2 taches sur 100 sont malignes, ce serait environ {count} sur 100.',
  'answer.figures.change': 'Choisir un autre repère',
  'answer.setHeading': 'Ce que cela peut être',
  'answer.setCoverage': 'Dans {hits} essais sur {count}, la vérité était parmi les types nommés ici.',
  'answer.inSet': 'possible',
  'answer.unsure': 'Pas sûr',
  'answer.unsureLead':
    'Aucun type n’est assez probable pour être nommé. Une autre photo, plus nette ou mieux éclairée, peut aider ; un médecin vous aidera.',
  'answer.nearest': 'Le plus proche : {name}, {share}',
  'answer.stranger': 'Cela ne ressemble pas à une image dermatoscopique d’une lésion',
  'answer.strangerLead':
    'Elle ne ressemble à rien de ce que le modèle a appris. Ce qu’il en dit ne signifie pas grand-chose.',
  'answer.gateHeading': 'Cette photo est peut-être difficile à juger',
  'answer.gateLead': 'Une réponse y est moins fiable. Une meilleure photo en vaut la peine.',
  'answer.gateShow': 'Montrer la réponse quand même',
  'answer.gateKept': 'Vous avez voulu voir la réponse bien que la photo soit difficile à juger.',
  'answer.fault.blurred': 'Elle est floue. Restez immobile et touchez la tache pour faire la mise au point.',
  'answer.fault.dark': 'Elle est trop sombre. Trouvez plus de lumière ou allumez la lampe.',
  'answer.fault.bright': 'Elle est trop claire. Évitez la lumière directe et les reflets.',
  'answer.fault.flat': 'Elle n’a presque pas de contraste. Essuyez la lentille et écartez la lumière parasite.',
  'answer.fault.small': 'La tache y est très petite, ou il n’y en a pas. Approchez-vous ou recadrez sur elle.',
  'answer.fault.large': 'La tache remplit l’image. Reculez jusqu’à voir un peu de peau autour.',
  'answer.fault.cut':
    'Une partie du fichier manque, comme après un transfert interrompu. Reprenez-le là d’où il vient.',
  'answer.meaningHeading': 'Ce que cela signifie',
  'answer.meaning':
    'Un nombre dit à quel point la photo ressemble aux images de ce type dans la collection dont le modèle a appris. Ce n’est pas la probabilité que vous l’ayez.',
  'answer.nextHeading': 'Que faire ensuite',
  'answer.nextAbove':
    'Montrez bientôt cette tache à un médecin, de préférence un dermatologue, quel que soit le type en tête de liste.',
  'answer.nextBelow':
    'Surveillez-la. Montrez-la à un médecin si elle est nouvelle, grandit, change de couleur ou de forme, démange, saigne ou diffère de vos autres taches.',
  'answer.nextAlways': 'Si vous êtes inquiet, faites-la examiner. Aucune réponse d’ici n’est une raison d’attendre.',
  'answer.took': 'Calculé sur cet appareil en {time}. {model}.',
  'answer.outdated': 'Un modèle plus récent est arrivé depuis.',
  'answer.again': 'Examiner à nouveau',
  'views.heading': 'Regarder de plus près',
  'views.lead':
    'La photo est tournée et retournée, examinée de {count} façons, et les réponses sont moyennées. Cela les stabilise un peu.',
  'views.start': 'Regarder de plus près ({count} vues)',
  'views.progress': '{done} vues sur {total}',
  'views.stop': 'Arrêter',
  'views.done': { one: 'D’après {count} vue de la photo.', other: 'La moyenne de {count} vues de la photo.' },
  'map.heading': 'Ce qui parlait pour',
  'map.show': 'Montrer sur la photo',
  'map.hide': 'Masquer',
  'map.kind': 'Type',
  'map.strength': 'Intensité du calque',
  'map.caveat':
    'Plus un endroit est clair et orangé, plus il a élevé le nombre de ce type. C’est grossier, cela ne délimite pas la lésion et ne montre pas pourquoi. Un endroit clair n’est pas un signe de maladie.',
  'map.nothing': 'Rien dans cette photo ne parle pour ce type.',
  'map.strongest': 'Le plus fort {place}.',
  'map.none': 'Ce modèle ne donne pas une telle carte.',
  'map.place.00': 'en haut à gauche',
  'map.place.01': 'en haut',
  'map.place.02': 'en haut à droite',
  'map.place.10': 'à gauche',
  'map.place.11': 'au milieu',
  'map.place.12': 'à droite',
  'map.place.20': 'en bas à gauche',
  'map.place.21': 'en bas',
  'map.place.22': 'en bas à droite',
  'details.heading': 'Détails',
  'details.prior': 'Fréquence supposée de chaque type',
  'details.prior.data': 'Comme dans la collection dont le modèle a appris',
  'details.prior.uniform': 'Tous les types également fréquents',
  'details.size': 'Photo',
  'details.sizeValue': '{width} × {height} pixels',
  'details.decoder': 'Décodée par',
  'details.decoder.engine': 'Lentigo',
  'details.decoder.browser': 'le navigateur',
  'details.times': 'Décoder, réduire, calculer',
  'details.timesValue': '{decode} + {resize} + {infer}',
  'details.kernels': 'Calculé avec',
  'details.kernels.relaxed': 'relaxed SIMD',
  'details.kernels.simd': 'SIMD',
  'details.model': 'Modèle',
  'picture.dermoscopic': 'Image dermatoscopique',
  'picture.clinical': 'Gros plan sans dermatoscope',
  'picture.neither': 'Aucun des deux types d’image',
  'picture.unknown': 'Type d’image inconnu',
  'answer.neither': 'Cela ne ressemble pas à l’image d’une lésion de la peau',
  'answer.noMark': 'Pour une telle image, le modèle n’a pas de repère.',
  'plain.can':
    'Une photo sans dermatoscope ne montre que la surface. Le modèle peut en tirer un indice, s’il faut faire regarder la tache, et rien de plus.',
  'plain.cannot':
    'Ce qui se trouve sous la surface, et qui distingue un mélanome d’un grain de beauté, ne se voit pas sur une telle photo. Le modèle s’y trompe bien plus souvent. Un nombre bas n’écarte rien.',
  'plain.right':
    'Dans les essais avec de telles photos, il a nommé le bon type pour environ {count} sur 100, chaque type comptant autant.',
  'plain.pairs':
    'D’une lésion maligne et d’une lésion bénigne, il a donné le nombre le plus haut à la maligne dans environ {count} paires sur 100.',
  'plain.most': 'Ressemble peut-être le plus à',
  'plain.spoken': 'Une photo sans dermatoscope ; ressemble peut-être le plus à : {name}, {share}.',
  'plain.above':
    'Au repère ou au-dessus. La plupart des lésions malignes des essais du modèle avec de telles photos étaient ici, et un très grand nombre de bénignes.',
  'plain.below':
    'Au-dessous du repère. Dans les essais du modèle avec de telles photos, il y avait ici aussi des lésions malignes.',
  'figures.link': 'Quels chiffres valent pour quelles images',
};

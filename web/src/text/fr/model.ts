/** French; what it is for is in ../en/model.ts. */

import type { model as english } from '../en/model';
import type { Texts } from '../messages';

export const model: Texts<typeof english> = {
  'nav.model': 'À propos',
  'model.heading': 'À propos du modèle',
  'model.for': 'À quoi il sert',
  'model.forText':
    'L’étude, et montrer qu’un tel modèle peut fonctionner sur un téléphone. Il regarde l’image d’une seule tache, de préférence prise avec un dermatoscope, et dit combien elle ressemble aux types qu’il a appris.',
  'model.notFor': 'À quoi il ne sert pas',
  'model.notForText':
    'Ce n’est pas un dispositif médical. Personne ne doit décider d’après lui si une tache est examinée, traitée ou laissée en paix. Il ne sait rien des types qu’il n’a pas appris, de la peau sans tache, des muqueuses et des ongles, ni de ce qui n’est pas de la peau. Une photo sans dermatoscope lui en dit bien moins.',
  'model.data': 'D’où il a appris',
  'model.dataText':
    'Des collections publiques d’images, nommées plus bas avec le modèle. La plupart montrent des peaux claires ; on sait peu de chose de ce qu’il vaut sur des peaux plus foncées. Règles, gel, poils et coins sombres accompagnent certains diagnostics dans ces images, et le modèle s’y appuie peut-être.',
  'model.kinds': 'Types qu’il connaît',
  'model.facts': 'Ce modèle',
  'model.name': 'Nom et version',
  'model.size': 'Taille du fichier',
  'model.hash': 'SHA-256 du fichier',
  'model.crop': 'Part du petit côté de la photo qui est examinée',
  'model.coverage': 'Part des essais où la vérité est parmi les types nommés',
  'model.views': 'Vues que l’on peut moyenner',
  'model.licence': 'Licence',
  'model.points': 'Repères sur la somme des types malins',
  'model.mark': 'Repère',
  'model.sensitivity': 'Malignes trouvées',
  'model.specificity': 'Inoffensives épargnées',
  'model.ppv': 'Alertes justifiées',
  'model.ppvTwo': 'De même là où 2 sur 100 sont malignes',
  'model.pointsNote':
    'Mesuré sur des lésions des mêmes collections, sur lesquelles le modèle n’a pas été entraîné. Ailleurs, il fera moins bien.',
  'model.none': 'Il n’y a pas encore de modèle.',
  'about.heading': 'À propos de cette application',
  'about.version': 'Version',
  'about.build': 'Compilation',
  'about.licences': 'Licences de ce qui la compose',
  'about.licencesLead': 'L’application elle-même est sous licence MIT. Elle repose sur le travail d’autres :',
  'about.licencesLoading': 'Lecture des licences',
  'perf.heading': 'Performances',
  'perf.kernels': 'Moteur',
  'perf.kernelsValue': 'WebAssembly, {kernels}, {threads}',
  'perf.routines': 'Routines de calcul',
  'perf.routinesValue': '{name} × {count}',
  'perf.model': 'Modèle',
  'perf.decode': 'Décodage de la dernière photo',
  'perf.resize': 'Recadrage et réduction',
  'perf.infer': 'Réseau de neurones',
  'perf.total': 'En tout',
  'perf.memory': 'Mémoire du moteur',
  'perf.cores': 'Cœurs du processeur de cet appareil',
  'perf.none': 'Les durées s’affichent ici dès qu’une photo a été examinée.',
  'install.heading': 'Sur l’écran d’accueil',
  'install.lead': 'En tant qu’application, elle s’ouvre seule, en plein écran, et fonctionne sans réseau.',
  'install.button': 'Installer',
  'install.later': 'Pas maintenant',
  'install.done': 'Lentigo est installé sur cet appareil.',
  'install.ios': 'Dans Safari, touchez le bouton Partager, puis « Sur l’écran d’accueil ».',
  'install.iosKept':
    'Safari supprime ce qu’un site web a conservé sur l’appareil quand Safari a servi sept jours sans que le site soit visité. Une application sur l’écran d’accueil y échappe.',
  'install.iosOwn':
    'L’application sur l’écran d’accueil a son propre stockage : ce qui a été conservé dans le navigateur n’y est pas. L’export et l’import permettent de l’emporter.',
  'install.iosHow': 'Comment la mettre sur l’écran d’accueil',
  'install.other':
    'Dans le menu du navigateur, choisissez « Installer » ou « Ajouter à l’écran d’accueil », là où cela existe.',
  'offline.heading': 'Sans réseau',
  'offline.modelKept': 'Le modèle est gardé sur cet appareil.',
  'offline.modelGone':
    'Le modèle n’est pas gardé sur cet appareil : le navigateur n’a pas donné de place, ou l’a effacé.',
  'offline.load': 'Le charger à nouveau',
  'offline.look': 'Chercher une version plus récente',
  'figures.heading': 'Quels chiffres valent pour quelles images',
  'figures.lead':
    'Chaque type d’image a ses propres chiffres, et aucun ne vaut pour l’autre. Ils ont été mesurés sur des lésions sur lesquelles le modèle n’a pas été entraîné. Avec d’autres appareils et sur d’autres peaux, il fera moins bien.',
  'figures.pictures': 'Images',
  'figures.lesions': 'Lésions',
  'figures.accuracy': 'Nommées correctement',
  'figures.balancedAccuracy': 'Nommées correctement, chaque type comptant autant',
  'figures.melanomaRecall': 'Mélanomes nommés comme tels',
  'figures.setCoverage': 'La vérité parmi les types possibles',
  'figures.malignantAuc': 'Malin distingué du bénin (AUC)',
  'figures.auc':
    'AUC : part des paires d’une lésion maligne et d’une bénigne où la maligne a reçu le nombre le plus haut. 0,50 est le hasard ; 1,00, toutes les paires.',
};

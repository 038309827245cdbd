/** French; what it is for is in ../en/model.ts. */

import type { model as english } from '../en/model';
import type { Texts } from '../i18n';

export const model: Texts<typeof english> = {
  'nav.model': 'À propos',
  'model.heading': 'À propos du modèle',
  'model.for': 'À quoi il sert',
  'model.forText':
    'À étudier, et à montrer qu’un tel modèle peut fonctionner sur un téléphone. Il examine une image dermatoscopique d’une tache pigmentée et dit à quel point elle ressemble aux types qu’il a appris.',
  'model.notFor': 'À quoi il ne sert pas',
  'model.notForText':
    'Ce n’est pas un dispositif médical. Personne ne doit décider d’après lui si une tache est examinée, traitée ou laissée. Il ne sait rien des types qu’il n’a pas appris, de la peau sans tache, des simples photos de téléphone ni de ce qui n’est pas de la peau.',
  'model.data': 'D’où il a appris',
  'model.dataText':
    'HAM10000 : {pictures} images dermatoscopiques de {lesions} lésions de deux cliniques, à Vienne et dans le Queensland, surtout de peau claire. On sait peu de ce qu’il vaut sur d’autres peaux. Règles, gel, poils et coins sombres accompagnent certains diagnostics dans ces images, et le modèle peut s’y fier.',
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
    'Mesuré sur des lésions de la même collection, sur lesquelles le modèle n’a pas été entraîné. Ailleurs, ce sera moins bon.',
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
};

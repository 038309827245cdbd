/** French; what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': 'Caméra',
  'camera.view': 'Ce que voit la caméra',
  'camera.off': 'La caméra est éteinte',
  'camera.opening': 'Ouverture de la caméra',
  'camera.on': 'Allumer la caméra',
  'camera.asking': 'Le navigateur peut demander si cette page a le droit d’utiliser la caméra.',
  'camera.failed': 'Pas de caméra',
  'camera.shoot': 'Prendre la photo',
  'camera.app': 'Utiliser l’application photo',
  'camera.torch': 'Lampe',
  'camera.lens': 'Caméra',
  'camera.lensNumber': 'Caméra {number}',
  'camera.zoom': 'Zoom',
  'camera.zoomValue': '{value} fois',
  'camera.local': 'L’image reste sur cet appareil. La caméra s’éteint quand vous quittez cette page.',
  'camera.aim': 'Placez la tache dans l’anneau, puis touchez l’image ou appuyez sur la barre d’espace.',
  'camera.good': 'Bien. Restez immobile et prenez la photo.',
  'camera.fault.blurred': 'Flou. Restez immobile, ou reculez un peu jusqu’à ce que ce soit net.',
  'camera.fault.dark': 'Trop sombre. Plus de lumière, ou la lampe.',
  'camera.fault.bright': 'Trop clair. Écartez-vous du reflet.',
  'camera.fault.flat': 'Presque pas de contraste. Y a-t-il une tache dans l’anneau ?',
  'camera.fault.small': 'Trop loin, ou rien dans l’anneau. Approchez-vous de la tache.',
  'camera.fault.large': 'Trop près. On doit voir un peu de peau autour de la tache.',
};

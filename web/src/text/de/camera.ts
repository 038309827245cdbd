/** German; what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': 'Kamera',
  'camera.view': 'Was die Kamera sieht',
  'camera.off': 'Die Kamera ist aus',
  'camera.opening': 'Die Kamera wird geöffnet',
  'camera.on': 'Kamera einschalten',
  'camera.asking': 'Der Browser fragt vielleicht, ob diese Seite die Kamera benutzen darf.',
  'camera.failed': 'Keine Kamera',
  'camera.shoot': 'Foto aufnehmen',
  'camera.app': 'Die Kamera-App nehmen',
  'camera.torch': 'Lampe',
  'camera.lens': 'Kamera',
  'camera.lensNumber': 'Kamera {number}',
  'camera.zoom': 'Zoom',
  'camera.zoomValue': '{value}-fach',
  'camera.local': 'Das Bild bleibt auf diesem Gerät. Die Kamera geht aus, wenn Sie diese Seite verlassen.',
  'camera.aim': 'Bringen Sie den Fleck in den Ring, dann tippen Sie auf das Bild oder drücken Sie die Leertaste.',
  'camera.good': 'Gut. Halten Sie still und nehmen Sie das Foto auf.',
  'camera.fault.blurred': 'Unscharf. Halten Sie still, oder gehen Sie etwas zurück, bis es scharf ist.',
  'camera.fault.dark': 'Zu dunkel. Mehr Licht oder die Lampe.',
  'camera.fault.bright': 'Zu hell. Drehen Sie sich aus der Spiegelung.',
  'camera.fault.flat': 'Kaum Kontrast. Ist ein Fleck im Ring?',
  'camera.fault.small': 'Zu weit weg, oder nichts im Ring. Gehen Sie näher an den Fleck.',
  'camera.fault.large': 'Zu nah. Um den Fleck sollte etwas Haut zu sehen sein.',
};

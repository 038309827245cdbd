/** Spanish; what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': 'Cámara',
  'camera.view': 'Lo que ve la cámara',
  'camera.off': 'La cámara está apagada',
  'camera.opening': 'Abriendo la cámara',
  'camera.on': 'Encender la cámara',
  'camera.asking': 'El navegador puede preguntar si esta página puede usar la cámara.',
  'camera.failed': 'Sin cámara',
  'camera.shoot': 'Tomar la foto',
  'camera.app': 'Usar la aplicación de cámara',
  'camera.torch': 'Linterna',
  'camera.lens': 'Cámara',
  'camera.lensNumber': 'Cámara {number}',
  'camera.zoom': 'Zoom',
  'camera.zoomValue': '{value} aumentos',
  'camera.local': 'La imagen se queda en este dispositivo. La cámara se apaga al salir de esta página.',
  'camera.aim': 'Ponga la mancha en el anillo y toque la imagen o pulse la barra espaciadora.',
  'camera.good': 'Bien. No se mueva y tome la foto.',
  'camera.fault.blurred': 'Borrosa. No se mueva, o aléjese un poco hasta que esté nítida.',
  'camera.fault.dark': 'Demasiado oscura. Más luz, o la linterna.',
  'camera.fault.bright': 'Demasiado clara. Salga del reflejo.',
  'camera.fault.flat': 'Apenas hay contraste. ¿Hay una mancha en el anillo?',
  'camera.fault.small': 'Demasiado lejos, o nada en el anillo. Acérquese a la mancha.',
  'camera.fault.large': 'Demasiado cerca. Debe verse algo de piel alrededor.',
};

/** Spanish; what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': 'Foto',
  'check.camera': 'Tomar una foto',
  'check.file': 'Elegir una foto',
  'check.another': 'Elegir otra',
  'check.hint': 'o arrástrela a cualquier lugar, o péguela',
  'check.drop': 'Suelte la foto',
  'check.empty': 'La foto se mostrará aquí',
  'check.yourPhoto': 'La foto que eligió, recortada al cuadrado que se miró',
  'check.unseen': 'Este navegador no puede mostrar la imagen',
  'check.samples': 'Pruebe un ejemplo',
  'check.samplesNote': 'Dibujados por un programa. No son fotografías de piel.',
  'check.drawing': 'Dibujo: {name}',
  'sample.even': 'marrón uniforme',
  'sample.many': 'muchos colores',
  'sample.red': 'lagunas rojas',
  'sample.waxy': 'costra cérea',
  'sample.pale': 'centro pálido',
  'sample.vessels': 'vasos ramificados',
  'intro.heading': 'Una mirada más cercana a una mancha de la piel',
  'intro.lead':
    'Lentigo compara una foto de cerca con los tipos de lesión de la piel que su modelo ha aprendido, y muestra cuánto se parece la foto a cada uno.',
  'intro.privateHeading': 'La foto se queda aquí',
  'intro.private': 'Todo se calcula en este dispositivo. Nada de lo que muestra se envía a ninguna parte.',
  'intro.closeHeading': 'De cerca, nítida, con luz uniforme',
  'intro.close':
    'Con un dermatoscopio, como una lente acoplada, es como mejor lo hace el modelo. Una simple foto de móvil le dice mucho menos.',
  'intro.limitHeading': 'Puede equivocarse',
  'intro.limit':
    'Conoce solo unos pocos tipos, y responde aunque la imagen no muestre ninguno. Una mancha que le preocupa debe verla un médico.',
  'job.working': 'Mirando la foto',
  'job.failed': 'Sin respuesta para esta foto',
  'job.retry': 'Intentar de nuevo',
  'job.waiting': 'La foto se mirará en cuanto el motor haya arrancado.',
};

/** Spanish; what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../i18n';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': 'Una ayuda para aprender. No es un diagnóstico ni un producto sanitario.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'Ir al contenido',
  'nav.label': 'Principal',
  'nav.check': 'Mirar',
  'nav.history': 'Historial',
  'nav.settings': 'Ajustes',
  'screen.loading': 'Cargando esta página',
  'screen.failed': 'No se pudo cargar esta página',
  'shell.offline.unknown': 'Funciona sin red una vez cargada',
  'shell.offline.ready': 'Funciona sin red',
  'shell.offline.failed': 'Necesita la red',
  'shell.update.waiting': 'Hay una versión nueva de la aplicación.',
  'shell.update.taken': 'En otra ventana se inició una versión nueva de la aplicación.',
  'shell.update.withdrawn': 'Quien lleva este sitio ha retirado esta versión. Guarde lo que necesite y luego recargue.',
  'shell.reload': 'Recargar',
  'shell.model': 'Modelo {name} {version}',
  'shell.modelRenewed': 'Se adoptó un modelo más nuevo, {version}.',
  'shell.modelFailed': 'No se pudo adoptar un modelo más nuevo. El que tiene sigue funcionando.',
  'shell.licence': 'Licencia del modelo: {licence}.',
  'engine.loading': 'Preparando el modelo',
  'engine.bytes': 'Obteniendo el modelo: {received} de {total}',
  'engine.ready': 'Listo',
  'engine.failed': 'El motor no arrancó',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': 'No existe esa página',
  'missing.lead': 'En esta dirección no hay nada de esta aplicación. Quizá se borró, o la dirección no está completa.',
  'missing.way': 'A la primera página',
  'broken.heading': 'Esta página no funciona',
};

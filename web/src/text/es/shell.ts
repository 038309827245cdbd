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
  'shell.reload': 'Recargar',
  'shell.later': 'Más tarde',
  'shell.updateBlocked':
    'Lo que hay en pantalla no se puede llevar a la versión nueva. Guarde lo que necesite y recargue después.',
  'save.ready': '{name} está listo.',
  'save.save': 'Guardar',
  'save.drop': 'Ahora no',
  'shell.model': 'Modelo {name} {version}',
  'shell.modelRenewed': 'Se adoptó un modelo más nuevo, {version}.',
  'shell.modelFailed': 'No se pudo adoptar un modelo más nuevo. El que tiene sigue funcionando.',
  'shell.licence': 'Licencia del modelo: {licence}.',
  'engine.loading': 'Preparando el modelo',
  'engine.bytes': 'Obteniendo el modelo: {received} de {total}',
  'engine.left': 'Modelo: {received} de {total}, quedan unos {time}',
  'engine.stalled': 'Modelo: {received} de {total}, nada nuevo desde hace {time}',
  'engine.hadCome': 'Habían llegado {received} de {total} del modelo.',
  'engine.again': 'Último intento a las {time}. En cuanto haya red se intentará de nuevo sin que haga nada.',
  'engine.ready': 'Listo',
  'engine.failed': 'El motor no arrancó',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
};

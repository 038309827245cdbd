/** Spanish; what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': 'Muchas fotos',
  'batch.heading': 'Muchas fotos a la vez',
  'batch.lead': 'Una tras otra, en este dispositivo. La tabla puede llevarse como archivo; no se guarda nada más.',
  'batch.choose': 'Elegir fotos',
  'batch.more': 'Añadir fotos',
  'batch.stop': 'Detener',
  'batch.go': 'Seguir',
  'batch.clear': 'Vaciar la tabla',
  'batch.progress': '{done} de {count}',
  'batch.settled': '{done} de {count} fotos miradas.',
  'batch.sort': 'Ordenar por',
  'batch.order.came': 'Orden de elección',
  'batch.order.name': 'Nombre',
  'batch.order.malignant': 'Tipos malignos, primero lo más alto',
  'batch.order.kind': 'Tipo',
  'batch.csv': 'Guardar como CSV',
  'batch.json': 'Guardar como JSON',
  'batch.photo': 'Foto',
  'batch.answer': 'Se parece más a',
  'batch.malignant': 'Tipos malignos',
  'batch.waiting': 'En espera',
  'batch.working': 'Mirando',
  'batch.notLesion': 'no parece una lesión',
  'batch.unsure': 'no es seguro',
  'batch.fault.blurred': 'borrosa',
  'batch.fault.dark': 'demasiado oscura',
  'batch.fault.bright': 'demasiado clara',
  'batch.fault.flat': 'sin contraste',
  'batch.fault.small': 'demasiado pequeña',
  'batch.fault.large': 'demasiado cerca',
  'batch.fault.cut': 'archivo incompleto',
};

/** Portuguese; what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': 'Muitas fotos',
  'batch.heading': 'Muitas fotos de uma vez',
  'batch.lead': 'Uma após a outra, neste aparelho. A tabela pode ser levada como ficheiro; nada mais é guardado.',
  'batch.choose': 'Escolher fotos',
  'batch.more': 'Acrescentar fotos',
  'batch.stop': 'Parar',
  'batch.go': 'Continuar',
  'batch.clear': 'Esvaziar a tabela',
  'batch.progress': '{done} de {count}',
  'batch.settled': '{done} de {count} fotos examinadas.',
  'batch.sort': 'Ordenar por',
  'batch.order.came': 'Ordem de escolha',
  'batch.order.name': 'Nome',
  'batch.order.malignant': 'Tipos malignos, os mais altos primeiro',
  'batch.order.kind': 'Tipo',
  'batch.csv': 'Guardar como CSV',
  'batch.json': 'Guardar como JSON',
  'batch.photo': 'Foto',
  'batch.answer': 'Parece-se mais com',
  'batch.malignant': 'Tipos malignos',
  'batch.waiting': 'À espera',
  'batch.working': 'A examinar',
  'batch.notLesion': 'não parece uma lesão',
  'batch.unsure': 'sem certeza',
  'batch.fault.blurred': 'desfocada',
  'batch.fault.dark': 'escura demais',
  'batch.fault.bright': 'clara demais',
  'batch.fault.flat': 'sem contraste',
  'batch.fault.small': 'pequena demais',
  'batch.fault.large': 'perto demais',
  'batch.fault.cut': 'ficheiro incompleto',
};

/** Spanish; what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': 'Informe',
  'report.way': 'Una página para imprimir o compartir',
  'report.heading': 'Informe',
  'report.print': 'Imprimir o guardar como PDF',
  'report.share': 'Compartir',
  'report.none': 'No hay respuesta para un informe. Primero haga mirar una foto.',
  'report.date': 'Fecha',
  'report.site': 'Lugar',
  'report.size': 'Tamaño',
  'report.note': 'Nota',
  'report.photo': 'El cuadrado que se miró',
  'report.map': 'Qué habló a favor de {name}',
  'report.sum': 'Tipos malignos juntos: {share}',
  'report.sumMark': 'Tipos malignos juntos: {share} (marca en {mark})',
  'report.set': 'Puede ser: {names}.',
  'report.made': 'Calculado en el dispositivo por {model}, archivo {hash}.',
  'report.views': { one: '{count} vista.', other: 'Media de {count} vistas.' },
  'report.disclaimer':
    'Hecho por un programa como ayuda para aprender. No es un producto sanitario ni un diagnóstico. Los números dicen cuánto se parece la foto a imágenes de la colección de la que aprendió el modelo; no son la probabilidad de una enfermedad. El programa pasa por alto melanomas. Si una mancha necesita tratamiento, solo un médico puede decirlo.',
  'report.shared': 'Lentigo: {name}, {share}. {disclaimer}',
  'report.unshared': 'No se pudo compartir. Imprímalo o guarde la imagen.',
  'report.picture': 'Clase de imagen',
  'report.sharedName': '{name} ({kind})',
};

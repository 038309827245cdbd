/** Spanish; what it is for is in ../en/kinds.ts. */

import type { kinds as english } from '../en/kinds';
import type { Texts } from '../messages';

export const kinds: Texts<typeof english> = {
  'kind.akiec': 'Queratosis actínica o enfermedad de Bowen',
  'kind.akiec.about':
    'Zonas ásperas y escamosas por años de sol. Son una forma temprana de cáncer de piel que permanece en la capa superior, y suelen tratarse para que no crezcan en profundidad.',
  'kind.bcc': 'Carcinoma basocelular',
  'kind.bcc.about':
    'El cáncer de piel más frecuente. Crece despacio y muy rara vez se extiende, pero daña la piel de alrededor y debe quitarse.',
  'kind.bkl': 'Queratosis benigna',
  'kind.bkl.about':
    'Crecimientos inofensivos como las queratosis seborreicas y las manchas solares. Son frecuentes con la edad y no necesitan tratamiento, aunque algunos se parecen mucho a un melanoma.',
  'kind.df': 'Dermatofibroma',
  'kind.df.about':
    'Un nódulo pequeño, firme e inofensivo en la piel, a menudo en las piernas y tras una picadura o un arañazo.',
  'kind.mel': 'Melanoma',
  'kind.mel.about':
    'El más peligroso de estos tipos: un cáncer de las células del pigmento que puede extenderse. Si se halla pronto, casi siempre se cura al quitarlo.',
  'kind.nv': 'Nevo (lunar)',
  'kind.nv.about':
    'Un lunar común: un grupo inofensivo de células de pigmento. Un lunar que cambia, sangra o es distinto de los demás debe verlo un médico.',
  'kind.vasc': 'Lesión vascular',
  'kind.vasc.about':
    'Pequeños crecimientos o sangrados de vasos, como los angiomas en cereza. Son rojos, morados o casi negros, y casi siempre inofensivos.',
  'lesson.heading': 'Los tipos, en palabras sencillas',
  'lesson.lead': 'Qué es cada uno, qué no es, y qué se suele hacer después.',
  'lesson.what': 'Qué es',
  'lesson.not': 'Qué no es',
  'lesson.next': 'Qué se suele hacer después',
  'lesson.sources': 'Escrito para esta aplicación según',
  'lesson.all': 'Todos los tipos',
  'lesson.unknown': 'No hay página para este tipo.',
  'lesson.read': 'Más sobre esto',
  'lesson.noAdvice': 'Es conocimiento general, no un consejo sobre su piel.',
};

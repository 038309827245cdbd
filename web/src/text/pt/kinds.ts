/** Portuguese; what it is for is in ../en/kinds.ts. */

import type { kinds as english } from '../en/kinds';
import type { Texts } from '../messages';

export const kinds: Texts<typeof english> = {
  'kind.akiec': 'Queratose actínica ou doença de Bowen',
  'kind.akiec.about':
    'Zonas ásperas e escamosas por anos de sol. São uma forma inicial de câncer de pele que fica na camada superior, e costumam ser tratadas para não crescerem em profundidade.',
  'kind.bcc': 'Carcinoma basocelular',
  'kind.bcc.about':
    'O câncer de pele mais frequente. Cresce devagar e muito raramente se espalha, mas danifica a pele em volta e deve ser retirado.',
  'kind.bkl': 'Queratose benigna',
  'kind.bkl.about':
    'Crescimentos inofensivos como queratoses seborreicas e manchas solares. São comuns com a idade e não precisam de tratamento, embora alguns se pareçam muito com um melanoma.',
  'kind.df': 'Dermatofibroma',
  'kind.df.about':
    'Um nódulo pequeno, firme e inofensivo na pele, muitas vezes nas pernas e após uma picada de inseto ou um arranhão.',
  'kind.mel': 'Melanoma',
  'kind.mel.about':
    'O mais perigoso destes tipos: um câncer das células do pigmento que pode espalhar-se. Descoberto cedo, quase sempre se cura ao ser retirado.',
  'kind.nv': 'Nevo (sinal)',
  'kind.nv.about':
    'Um sinal comum: um grupo inofensivo de células de pigmento. Um sinal que muda, sangra ou é diferente dos outros deve ser visto por um médico.',
  'kind.vasc': 'Lesão vascular',
  'kind.vasc.about':
    'Pequenos crescimentos ou sangramentos de vasos, como os angiomas rubi. São vermelhos, roxos ou quase pretos, e na maioria inofensivos.',
  'lesson.heading': 'Os tipos, em palavras simples',
  'lesson.lead': 'O que é cada um, o que não é, e o que se costuma fazer a seguir.',
  'lesson.what': 'O que é',
  'lesson.not': 'O que não é',
  'lesson.next': 'O que se costuma fazer a seguir',
  'lesson.sources': 'Escrito para este aplicativo com base em',
  'lesson.all': 'Todos os tipos',
  'lesson.unknown': 'Não há página para este tipo.',
  'lesson.read': 'Mais sobre isto',
  'lesson.noAdvice': 'Isto é conhecimento geral, não um conselho sobre a sua pele.',
};

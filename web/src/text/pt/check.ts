/** Portuguese; what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': 'Foto',
  'check.camera': 'Tirar uma foto',
  'check.file': 'Escolher uma foto',
  'check.another': 'Escolher outra',
  'check.hint': 'ou arraste-a para qualquer lugar, ou cole-a',
  'check.drop': 'Solte a foto',
  'check.empty': 'A foto aparecerá aqui',
  'check.yourPhoto': 'A foto escolhida, recortada no quadrado examinado',
  'check.unseen': 'Este navegador não consegue mostrar a imagem',
  'check.samples': 'Experimente um exemplo',
  'check.samplesNote': 'Desenhados por um programa. Não são fotografias de pele.',
  'check.drawing': 'Desenho: {name}',
  'sample.even': 'castanho uniforme',
  'sample.many': 'muitas cores',
  'sample.red': 'lagoas vermelhas',
  'sample.waxy': 'crosta cerosa',
  'sample.pale': 'centro pálido',
  'sample.vessels': 'vasos ramificados',
  'intro.heading': 'Um olhar mais próximo sobre uma mancha da pele',
  'intro.lead':
    'O Lentigo compara uma foto de perto com os tipos de lesão da pele que o seu modelo aprendeu, e mostra o quanto a foto se parece com cada um.',
  'intro.privateHeading': 'A foto fica aqui',
  'intro.private': 'Tudo é calculado neste aparelho. Nada do que mostra é enviado para lado nenhum.',
  'intro.closeHeading': 'De perto, nítida, com luz uniforme',
  'intro.close':
    'É com um dermatoscópio, como uma lente de encaixe, que o modelo se sai melhor. Uma simples foto de celular diz-lhe muito menos.',
  'intro.limitHeading': 'Pode errar',
  'intro.limit':
    'Conhece apenas alguns tipos, e responde mesmo quando a imagem não mostra nenhum. Uma mancha que o preocupa deve ser vista por um médico.',
  'job.working': 'A examinar a foto',
  'job.failed': 'Sem resposta para esta foto',
  'job.retry': 'Tentar de novo',
  'job.waiting': 'A foto será examinada assim que o motor arrancar.',
};

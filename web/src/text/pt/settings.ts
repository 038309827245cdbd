/** Portuguese; what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

export const settings: Texts<typeof english> = {
  'settings.heading': 'Ajustes',
  'settings.language': 'Idioma',
  'settings.languageAuto': 'O do navegador',
  'settings.point': 'Marca para os tipos malignos',
  'settings.pointLead': 'Uma marca mais baixa encontra mais lesões malignas e alarma mais vezes sem motivo.',
  'settings.pointOwn': 'Marca em {share} (a do modelo)',
  'settings.pointAt': 'Marca em {share}',
  'settings.pointFigures': 'De 100 malignas encontra cerca de {found}; de 100 inofensivas poupa cerca de {spared}.',
  'settings.history': 'Manter um histórico neste aparelho',
  'settings.historyNote': 'Desligado: nada de novo pode ser guardado. O que foi guardado fica até que o apague.',
  'settings.threads': 'Linhas de execução',
  'settings.threadsLead':
    'Com mais delas as respostas chegam antes, sobretudo com muitas fotos e ao olhar mais de perto; gasta-se mais energia e memória. As respostas são as mesmas.',
  'settings.threadCount': { one: '{count} linha de execução', other: '{count} linhas de execução' },
  'settings.threadsLater':
    'Será possível escolher mais de uma quando o aplicativo estiver guardado neste aparelho e tiver sido aberto de novo.',
  'settings.threadsOne': 'Neste navegador o motor trabalha com uma.',
  'settings.units': 'Unidades de comprimento',
  'settings.units.metric': 'Milímetros',
  'settings.units.imperial': 'Polegadas',
};

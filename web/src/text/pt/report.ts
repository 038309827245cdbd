/** Portuguese; what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': 'Relatório',
  'report.way': 'Uma página para imprimir ou partilhar',
  'report.heading': 'Relatório',
  'report.print': 'Imprimir ou guardar como PDF',
  'report.share': 'Partilhar',
  'report.none': 'Não há resposta para um relatório. Primeiro peça para examinar uma foto.',
  'report.date': 'Data',
  'report.site': 'Lugar',
  'report.size': 'Tamanho',
  'report.note': 'Nota',
  'report.photo': 'O quadrado examinado',
  'report.map': 'O que falou a favor de {name}',
  'report.sum': 'Tipos malignos em conjunto: {share}',
  'report.sumMark': 'Tipos malignos em conjunto: {share} (marca em {mark})',
  'report.set': 'Pode ser: {names}.',
  'report.made': 'Calculado no aparelho por {model}, ficheiro {hash}.',
  'report.views': { one: '{count} vista.', other: 'Média de {count} vistas.' },
  'report.disclaimer':
    'Feito por um programa como ajuda para estudar. Não é um dispositivo médico nem um diagnóstico. Os números dizem o quanto a foto se parece com imagens da coleção com que o modelo aprendeu; não são a probabilidade de uma doença. O programa deixa escapar melanomas. Se uma mancha precisa de tratamento, só um médico pode dizer.',
  'report.shared': 'Lentigo: {name}, {share}. {disclaimer}',
  'report.unshared': 'Não foi possível partilhar. Imprima, ou guarde a imagem.',
  'report.picture': 'Género de imagem',
  'report.sharedName': '{name} ({kind})',
};

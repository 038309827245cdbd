/** Portuguese; what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../messages';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': 'Uma ajuda para estudar. Não é um diagnóstico nem um dispositivo médico.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'Ir para o conteúdo',
  'nav.label': 'Principal',
  'nav.check': 'Examinar',
  'nav.history': 'Histórico',
  'nav.settings': 'Ajustes',
  'screen.loading': 'A carregar esta página',
  'screen.failed': 'Não foi possível carregar esta página',
  'shell.offline.unknown': 'Funciona sem rede depois de carregado',
  'shell.offline.ready': 'Funciona sem rede',
  'shell.offline.failed': 'Precisa da rede',
  'shell.update.waiting': 'Há uma nova versão do aplicativo.',
  'shell.update.taken': 'Uma nova versão do aplicativo foi iniciada noutra janela.',
  'shell.update.withdrawn':
    'Esta versão foi retirada por quem mantém este site. Guarde o que precisar e depois recarregue.',
  'shell.reload': 'Recarregar',
  'shell.later': 'Mais tarde',
  'shell.updateBlocked':
    'O que está no ecrã não pode passar para a nova versão. Guarde o que precisar e depois recarregue.',
  'download.ready': '{name} está pronto.',
  'download.save': 'Guardar',
  'download.drop': 'Agora não',
  'shell.model': 'Modelo {name} {version}',
  'shell.modelRenewed': 'Um modelo mais novo, {version}, foi adotado.',
  'shell.modelFailed': 'Não foi possível adotar um modelo mais novo. O que existe continua a funcionar.',
  'shell.licence': 'Licença do modelo: {licence}.',
  'engine.loading': 'A preparar o modelo',
  'engine.bytes': 'A obter o modelo: {received} de {total}',
  'engine.left': 'Modelo: {received} de {total}, faltam cerca de {time}',
  'engine.stalled': 'Modelo: {received} de {total}, nada de novo há {time}',
  'engine.hadCome': 'Tinham chegado {received} de {total} do modelo.',
  'engine.again': 'Última tentativa às {time}. Assim que houver rede, volta a tentar sozinho.',
  'engine.ready': 'Pronto',
  'engine.failed': 'O motor não arrancou',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': 'Não existe essa página',
  'missing.lead': 'Nada neste aplicativo está neste endereço. Pode ter sido apagado, ou o endereço está incompleto.',
  'missing.way': 'Para a primeira página',
  'broken.heading': 'Esta página não funciona',
};

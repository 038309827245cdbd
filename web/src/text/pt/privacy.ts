/** Portuguese; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../i18n';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Privacidade',
  'privacy.heading': 'Nada sai. Experimente.',
  'privacy.lead':
    'A sua foto é examinada neste aparelho. Não precisa de acreditar em nós: este site diz ao navegador o que nunca poderá fazer, e o navegador recusa-o ao próprio site.',
  'privacy.tryHeading': 'Tentar enviar algo para fora',
  'privacy.try':
    'O botão faz esta página, e a parte dela que tem a sua foto, pedir um endereço noutro lado. O endereço é um nome reservado que não pertence a ninguém.',
  'privacy.button': 'Experimentar',
  'privacy.again': 'Experimentar de novo',
  'privacy.trying': 'A experimentar',
  'privacy.offline': 'Agora não há rede. O resultado é o mesmo: o navegador recusa antes de a procurar.',
  'privacy.allRefused': 'O navegador recusou todas as tentativas.',
  'privacy.noneArrived': 'Nada saiu. Este navegador não diz de cada tentativa que a regra a deteve.',
  'privacy.arrived': 'Algo foi enviado. Atualize o navegador e avise quem mantém este site.',
  'privacy.fromPage': 'Da página',
  'privacy.fromWorker': 'Da parte com a foto',
  'privacy.noWorker': 'Essa parte não está a funcionar agora.',
  'privacy.way.fetch': 'Pedir um ficheiro',
  'privacy.way.picture': 'Carregar uma imagem',
  'privacy.way.message': 'Deixar uma mensagem ao fechar',
  'privacy.way.line': 'Abrir uma linha permanente',
  'privacy.outcome.refused': 'recusado pela regra {directive}',
  'privacy.outcome.arrived': 'enviado',
  'privacy.outcome.unclear': 'falhou; o navegador não diz porquê',
  'privacy.forbidHeading': 'O que o navegador proíbe a este site',
  'privacy.forbid.connect': 'Pedir alguma coisa a outro site ou enviar-lhe alguma coisa.',
  'privacy.forbid.load': 'Carregar imagens, scripts, estilos, fontes ou molduras de qualquer outro site.',
  'privacy.forbid.script': 'Executar texto como script, ou aceitar scripts que não vieram com o aplicativo.',
  'privacy.forbid.form': 'Enviar um formulário para qualquer lado.',
  'privacy.forbid.sensors': 'Microfone e localização. A câmara só quando a pede.',
  'privacy.keepHeading': 'O que fica neste aparelho',
  'privacy.keep':
    'O próprio aplicativo, o modelo e os seus ajustes. Fotos só se ligar o histórico, e então só aqui. Uma foto não está em nenhum endereço nem registo. A que partilha de outro aplicativo é recebida pela cópia do aplicativo no navegador; o site não é consultado.',
  'privacy.asksHeading': 'O que ainda se pede ao site',
  'privacy.asks':
    'De vez em quando, se há um aplicativo ou modelo mais novo: dois nomes de ficheiro, iguais para todos. Em modo avião nem isso, e tudo funciona.',
  'privacy.limitsHeading': 'O que isto não prova',
  'privacy.limits':
    'Uma ligação que segue leva para fora, como todas. E nenhuma página pode responder pelo navegador, pelas suas extensões ou pelo telefone.',
};

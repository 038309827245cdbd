/** Portuguese; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../messages';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Privacidade',
  'privacy.heading': 'A sua foto fica aqui. Experimente.',
  'privacy.lead':
    'A sua foto é examinada neste aparelho e o código deste aplicativo não a envia para lado nenhum. Não precisa de acreditar em nós: o site diz ao navegador o que nunca poderá fazer, o navegador recusa-o ao próprio site, e o primeiro script da página fecha o que resta. O que isso prova, e o que não prova, está mais abaixo.',
  'privacy.tryHeading': 'Tentar enviar algo para fora',
  'privacy.try':
    'O botão faz esta página, e a parte dela que tem a sua foto, pedir um endereço noutro lado. O endereço é um nome reservado que não pertence a ninguém.',
  'privacy.button': 'Experimentar',
  'privacy.again': 'Experimentar de novo',
  'privacy.trying': 'A experimentar',
  'privacy.offline': 'Agora não há rede. O resultado é o mesmo: o navegador recusa antes de a procurar.',
  'privacy.allRefused': 'O navegador recusou todas as tentativas.',
  'privacy.noneArrived': 'Nada saiu. Este navegador não diz de cada tentativa que a regra a deteve.',
  'privacy.someOpen': 'Nada saiu. O que este navegador deixa aberto a qualquer página está assinalado abaixo.',
  'privacy.arrived': 'Algo foi enviado. Atualize o navegador e avise quem mantém este site.',
  'privacy.fromPage': 'Da página',
  'privacy.fromWorker': 'Da parte com a foto',
  'privacy.byScript': 'Fechado pelo primeiro script da página',
  'privacy.noWorker': 'Essa parte não está a funcionar agora.',
  'privacy.way.fetch': 'Pedir um ficheiro',
  'privacy.way.picture': 'Carregar uma imagem',
  'privacy.way.message': 'Deixar uma mensagem ao fechar',
  'privacy.way.line': 'Abrir uma linha permanente',
  'privacy.way.stream': 'Escutar outro site',
  'privacy.way.font': 'Carregar uma fonte',
  'privacy.way.frame': 'Mostrar outro site dentro deste',
  'privacy.way.prefetch': 'Pedir uma página antecipadamente',
  'privacy.way.call': 'Uma chamada de navegador para navegador',
  'privacy.way.inner': 'O mesmo a partir de uma moldura própria',
  'privacy.way.window': 'Outra janela',
  'privacy.way.leave': 'Levar esta página para outro lado',
  'privacy.way.ahead': 'Ligar-se antecipadamente a um site',
  'privacy.outcome.refused': 'recusado pela regra {directive}',
  'privacy.outcome.arrived': 'enviado',
  'privacy.outcome.unclear': 'falhou; o navegador não diz porquê',
  'privacy.outcome.closed': 'fechado',
  'privacy.outcome.open': 'este navegador não permite fechá-lo',
  'privacy.forbidHeading': 'O que o navegador proíbe a este site',
  'privacy.forbid.connect': 'Pedir alguma coisa a outro site ou enviar-lhe alguma coisa.',
  'privacy.forbid.load': 'Carregar imagens, scripts, estilos, fontes ou molduras de qualquer outro site.',
  'privacy.forbid.script': 'Executar texto como script, ou aceitar scripts que não vieram com o aplicativo.',
  'privacy.forbid.form': 'Enviar um formulário para qualquer lado.',
  'privacy.forbid.sensors': 'Microfone e localização. A câmara só quando a pede.',
  'privacy.closedHeading': 'O que o primeiro script fecha',
  'privacy.closed':
    'As chamadas de navegador para navegador (WebRTC) passam ao lado de todas as regras do navegador; tal como as ligações antecipadas, as janelas e molduras que teriam de novo essas chamadas, os cookies, e um script que leve a página a um endereço com texto. O primeiro script da página retira tudo isso antes de qualquer outro ser executado, e nenhum o pode repor.',
  'privacy.codeHeading': 'O que o código nunca faz',
  'privacy.code':
    'Nenhuma linha deste aplicativo envia uma foto, uma resposta ou uma nota, nem ao seu próprio site. Os testes de cada versão vigiam cada pedido e cada tentativa hostil aqui indicada.',
  'privacy.keepHeading': 'O que fica neste aparelho',
  'privacy.keep':
    'O próprio aplicativo, o modelo e os seus ajustes. Fotos só se ligar o histórico, e então só aqui. Uma foto não está em nenhum endereço nem registo. A que partilha de outro aplicativo é recebida pela cópia do aplicativo no navegador; o site não é consultado.',
  'privacy.asksHeading': 'O que ainda se pede ao site',
  'privacy.asks':
    'De vez em quando, se há um aplicativo ou modelo mais novo: dois nomes de ficheiro, iguais para todos. Em modo avião nem isso, e tudo funciona.',
  'privacy.clearedHeading': 'Se apagar os dados do site',
  'privacy.cleared':
    'Desinstale primeiro o aplicativo, ou abra-o uma vez depois. Enquanto estiver instalado sem os seus dados, uma foto partilhada com ele a partir de outro aplicativo vai para o servidor deste site: o site está preparado para a recusar, mas então já saiu do aparelho.',
  'privacy.hostileHeading': 'O que um script hostil ainda poderia fazer',
  'privacy.hostile':
    'Se apesar de tudo um entrasse no aplicativo: num navegador sem Navigation API (Safari anterior a 26.2) poderia levar a página, à vista de todos, a um endereço com texto. Poderia esperar que tocasse numa ligação. Antes de o aplicativo estar guardado no aparelho, poderia pôr texto num pedido ao servidor deste site.',
  'privacy.limitsHeading': 'O que isto não prova',
  'privacy.limits':
    'Uma ligação que segue leva para fora, como todas. E nenhuma página pode responder pelo navegador, pelas suas extensões ou pelo telefone.',
};

/** The pages of the classes in Portuguese. */
import type { Lessons } from './lesson';

export const lessons: Lessons = {
  akiec: {
    what: [
      'As queratoses actínicas são zonas ásperas e escamosas, rosadas ou da cor da pele, onde houve muito sol: rosto, couro cabeludo sem cabelo, orelhas, dorso das mãos. Muitas vezes sentem-se melhor do que se veem.',
      'A doença de Bowen é uma placa vermelha, escamosa e bem delimitada que cresce devagar durante meses e anos, muitas vezes na parte baixa da perna. Em ambas, as células anormais estão só na camada mais superficial da pele.',
    ],
    not: [
      'Não é contagiosa e nesta fase não se espalhou. Eczema, psoríase e queratoses inofensivas podem ter o mesmo aspeto.',
      'Uma foto não pode mostrar se uma zona assim começou a crescer em profundidade. Algumas fazem-no com os anos e tornam-se carcinoma espinocelular.',
    ],
    next: [
      'O habitual é mostrá-la a um médico. Zonas isoladas são muitas vezes congeladas; áreas maiores tratam-se com um creme ou com luz; às vezes tira-se antes uma pequena amostra.',
      'Deve ser vista em breve se ficar espessa, dolorosa ou um caroço, sangrar ou crescer em semanas. A proteção do sol evita novas.',
    ],
  },
  bcc: {
    what: [
      'O câncer de pele mais frequente. Muitas vezes parece um pequeno caroço perolado ou brilhante com vasos finos, uma ferida que não sara, ou uma zona plana rosada ou como uma cicatriz, sobretudo no rosto, pescoço ou tronco. Alguns têm cor castanha ou cinza-azulada.',
      'Cresce devagar e muito raramente se espalha para outras partes do corpo, mas continua a crescer e danifica o que está em volta.',
    ],
    not: [
      'Não é um melanoma e raramente põe a vida em perigo. Não desaparece por si, mesmo que por um tempo pareça sarar.',
      'Uma mancha que sangra e sara repetidamente não é só um arranhão. Crescimentos inofensivos das glândulas da pele, cicatrizes e sinais podem ser parecidos.',
    ],
    next: [
      'O habitual é marcar consulta com um dermatologista em algumas semanas. Na maioria é retirado com anestesia local; os finos podem tratar-se com creme, frio ou luz.',
      'Quem já teve um tem mais probabilidade de outro, por isso depois a pele é revista de vez em quando.',
    ],
  },
  bkl: {
    what: [
      'Um grupo de crescimentos inofensivos da pele superficial: queratoses seborreicas, de aspeto ceroso, verrugoso e como que coladas; manchas solares planas e castanhas; e manchas destas inflamadas, a desaparecer.',
      'São muito comuns a partir da meia-idade, e muitas pessoas têm dezenas.',
    ],
    not: [
      'Não são câncer nem se tornam câncer. Não são verrugas que se apanhem.',
      'Algumas são escuras, irregulares ou irritadas e parecem-se muito com um melanoma, para o olho e para este aplicativo. Um melanoma também pode parecer-se com uma delas.',
    ],
    next: [
      'Na maioria não é preciso fazer nada. As que prendem na roupa ou coçam podem ser retiradas.',
      'Mostre-a a um médico se for nova e diferente das outras, crescer depressa, tiver várias cores ou sangrar sem pancada. Se aparecerem muitas de repente em semanas, diga-o também.',
    ],
  },
  df: {
    what: [
      'Um nódulo pequeno, firme e inofensivo na pele, castanho ou rosado, muitas vezes nas pernas. Apertado dos dois lados, costuma afundar-se. Segue-se muitas vezes a uma picada de inseto ou a um pequeno ferimento.',
      'Fica igual durante anos.',
    ],
    not: [
      'Não é câncer. Também não é um sinal, embora possa ser tão castanho como um.',
      'Há um tumor raro, de crescimento lento, que pode começar da mesma maneira; por isso, um que continua a crescer merece ser visto.',
    ],
    next: [
      'Na maioria, nada. Pode ser retirado se incomodar, o que deixa uma cicatriz.',
      'Mostre-o a um médico se crescer, doer, sangrar, mudar de cor ou for maior do que uma unha.',
    ],
  },
  mel: {
    what: [
      'O mais perigoso destes tipos: um câncer das células que dão cor à pele. Pode nascer de um sinal, mas na maioria nasce em pele que antes parecia normal.',
      'Sinais típicos: forma irregular, bordo mal definido ou várias cores, mais de 6 milímetros, ou mudança em semanas e meses. Alguns não têm nada disso: são rosados, ou um caroço firme que cresce depressa. Em pessoas de pele escura encontra-se mais nas palmas, nas plantas e debaixo das unhas.',
    ],
    not: [
      'Um número alto aqui não é um diagnóstico: muitas manchas assim revelam-se inofensivas. Um número baixo não o exclui: este aplicativo deixa escapar melanomas.',
      'Não precisa de doer nem de coçar, e no início nada se sente.',
    ],
    next: [
      'Com isto não se espera: mostra-se a mancha a um médico em poucos dias e diz-se o que mudou. O dermatologista olha-a com um dermatoscópio e, em caso de dúvida, retira-a inteira para o laboratório.',
      'Descoberto enquanto é fino, quase sempre se cura ao ser retirado.',
    ],
  },
  nv: {
    what: [
      'Um sinal comum: um grupo inofensivo de células de pigmento. Costuma ser redondo ou oval, de um ou dois tons de castanho, com bordo regular. A maioria aparece na infância e na juventude, e com a idade podem elevar-se ou clarear.',
    ],
    not: [
      'Não é câncer, e quase nenhum sinal chega a sê-lo. Mas um melanoma pode parecer um sinal, e este aplicativo confunde os dois mais do que outros.',
      'Ter muitos sinais não significa que um deles seja perigoso, mas significa que vale mais a pena rever a pele.',
    ],
    next: [
      'Na maioria nada, além de olhar a pele de vez em quando: a cada um ou dois meses, também as costas, com um espelho ou outra pessoa.',
      'Mostre-o a um médico se mudar de tamanho, forma ou cor, coçar, sangrar, for novo depois dos quarenta anos, mais ou menos, ou for simplesmente diferente de todos os outros.',
    ],
  },
  vasc: {
    what: [
      'Crescimentos ou sangramentos de pequenos vasos. Os angiomas rubi são pontos vermelho-vivos, comuns com a idade; os angioqueratomas são de vermelho-escuro a pretos e ásperos; os granulomas piogénicos são caroços vermelhos e húmidos que sangram com facilidade; uma nódoa negra sob a pele também entra aqui.',
    ],
    not: [
      'São quase sempre inofensivos. Uns poucos melanomas são vermelhos ou pretos e parecem-se com eles.',
      'Uma mancha escura debaixo de uma unha ou na planta do pé nem sempre é uma nódoa negra: essa sai com a unha ou desaparece em semanas.',
    ],
    next: [
      'Os angiomas rubi não precisam de nada. Um caroço que sangra repetidamente costuma ser retirado e visto no laboratório.',
      'Mostre-a a um médico se for nova e crescer, sangrar sem causa, ou for preta e não desaparecer em algumas semanas.',
    ],
  },
};

/** Portuguese; what it is for is in ../en/faults.ts. */

import type { faults as english } from '../en/faults';
import type { Texts } from '../messages';

export const faults: Texts<typeof english> = {
  'fault.insecure': 'Esta página tem de ser aberta por https (ou localhost); senão o navegador nega o que ela precisa.',
  'fault.no-simd':
    'Falta a este navegador WebAssembly SIMD, em que o motor assenta. Um Chrome, Edge, Firefox ou Safari (a partir de 16.4) atual tem-no.',
  'fault.engine-load': 'Não foi possível carregar o motor. Verifique a ligação ou recarregue a página.',
  'fault.catalog':
    'Não foi possível ler a lista de modelos. O site pode estar mal configurado, ou a página de acesso de uma rede responde em seu lugar.',
  'fault.catalog-network':
    'Não foi possível obter o modelo: sem ligação ao site. Uma vez carregado, não precisa de rede.',
  'fault.model-network': 'Não foi possível obter o modelo. Verifique a ligação.',
  'fault.model-hash': 'O modelo que chegou não é o anunciado, por isso não foi usado.',
  'fault.storage': 'O navegador não deu espaço para guardar o modelo.',
  'fault.threads': 'As linhas de execução do motor não iniciaram; ele trabalha com uma.',
  'fault.unbound':
    'Este navegador não conseguiu iniciar o motor sob as regras de privacidade do site, por isso não foi iniciado. Assim que o aplicativo estiver guardado no aparelho, tenta-se de novo; recarregar a página também ajuda.',
  'fault.time-out': 'Demorou demais e foi interrompido.',
  'fault.crash': 'Algo falhou dentro do motor. Foi iniciado de novo e tudo o resto continua.',
  'fault.stale': 'Entretanto foi examinada outra foto.',
  'fault.not-a-picture': 'Esta não é uma imagem que o navegador consiga ler. JPEG e PNG funcionam sempre.',
  'fault.heic':
    'Este navegador não consegue ler HEIC, o formato em que os iPhones guardam fotos. O Safari consegue; ou salve antes a foto como JPEG.',
  'fault.empty-file': 'O ficheiro está vazio.',
  'fault.sample': 'Não foi possível obter o exemplo. Verifique a ligação.',
  'fault.folder': 'Isso é uma pasta. Arraste antes as fotos que ela contém.',
  'fault.link':
    'Isso não é um ficheiro. Guarde primeiro a imagem e depois arraste-a ou escolha-a: esta página não busca nada noutro lado.',
  'fault.text': 'Isso é texto, não uma foto.',
  'fault.nothing-shared': 'Com o que foi partilhado não veio nenhuma foto.',
  'fault.file-gone': 'Não foi possível abrir o ficheiro. Pode ter sido movido ou apagado.',
  'fault.camera-denied':
    'A câmara não foi permitida. Permita-a nos ajustes do navegador para esta página, ou escolha uma foto.',
  'fault.camera-none': 'Este aparelho não tem uma câmara que o navegador conheça. Escolha uma foto.',
  'fault.camera-busy': 'Outro programa ocupa a câmara. Feche-o e tente de novo, ou escolha uma foto.',
  'fault.camera-lost': 'A câmara foi retirada. Tente de novo, ou escolha uma foto.',
  'fault.camera-unfit': 'A câmara não pode ser usada como esta página precisa. Escolha uma foto.',
  'fault.camera-unsupported':
    'Este navegador não dá câmara às páginas. Use o aplicativo da câmara, ou escolha uma foto.',
  'fault.camera-failed': 'A câmara não arrancou. Tente de novo, ou escolha uma foto.',
  'fault.nothing-pasted': 'Não há nenhuma imagem na área de transferência.',
  'fault.LT_MEMORY': 'Não há memória suficiente para isto. Fechar outros separadores pode ajudar, ou uma foto menor.',
  'fault.LT_MODEL_FORMAT': 'O ficheiro do modelo está danificado.',
  'fault.LT_MODEL_UNSUPPORTED':
    'O modelo pede mais do que esta versão do aplicativo sabe fazer. Recarregar pode trazer uma mais nova.',
  'fault.LT_MODEL_METADATA': 'O que o ficheiro do modelo diz de si mesmo está errado.',
  'fault.LT_IMAGE_FORMAT': 'A foto está danificada, ou não é o que diz ser.',
  'fault.LT_IMAGE_UNSUPPORTED': 'Este tipo de JPEG ou PNG não é lido. Guardada de novo por um programa de fotos, será.',
  'fault.LT_IMAGE_SIZE': 'A foto tem píxeis demais. Uma versão menor serve também.',
  'fault.language': 'Não foi possível obter os textos deste idioma. Verifique a ligação.',
  'fault.screen': 'Não foi possível obter esta página. Verifique a ligação ou recarregue.',
  'fault.history-blocked':
    'O navegador não deixa esta página guardar nada, como numa janela privada. Nada se perdeu, nada foi guardado.',
  'fault.history-full':
    'Não há mais espaço neste aparelho. Não foi guardado; tudo o que havia antes continua lá. Apagar fotos antigas dá espaço.',
  'fault.history-archive': 'Este ficheiro não é um histórico completo deste aplicativo. Nada foi alterado.',
  'fault.preferences': 'O navegador não guarda ajustes aqui. Valem até que a página seja fechada.',
  'fault.history-bomb': 'Descompactado, este arquivo é muito maior que um histórico. Nada foi alterado.',
  'fault.history-changed':
    'Isto foi alterado em outro lugar nesse meio-tempo, por isso nada foi sobrescrito. É mostrado o que está lá agora; pressione mais uma vez para gravar o seu.',
  'fault.history-elsewhere':
    'Outra aba deste aplicativo está segurando o histórico. Feche-a ou aguarde, e tente de novo.',
  'fault.history-gone': 'Isto foi apagado nesse meio-tempo, talvez em outra aba. Nada foi gravado.',
  'fault.history-newer':
    'O histórico foi gravado por uma versão mais nova deste aplicativo. Recarregue a página para obtê-la.',
  'fault.history-time-out':
    'O armazenamento do navegador não respondeu a tempo e a operação foi abandonada. Tente de novo ou recarregue a página.',
  'fault.screen-broken': 'Algo nesta página não pôde ser mostrado. O que está guardado neste aparelho continua lá.',
};

/** Portuguese; what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': 'Câmara',
  'camera.view': 'O que a câmara vê',
  'camera.off': 'A câmara está desligada',
  'camera.opening': 'A abrir a câmara',
  'camera.on': 'Ligar a câmara',
  'camera.asking': 'O navegador pode perguntar se esta página pode usar a câmara.',
  'camera.failed': 'Sem câmara',
  'camera.shoot': 'Tirar a foto',
  'camera.app': 'Usar o aplicativo da câmara',
  'camera.torch': 'Lanterna',
  'camera.lens': 'Câmara',
  'camera.lensNumber': 'Câmara {number}',
  'camera.zoom': 'Zoom',
  'camera.zoomValue': '{value} vezes',
  'camera.local': 'A imagem fica neste aparelho. A câmara desliga-se quando sai desta página.',
  'camera.aim': 'Ponha a mancha no anel e toque na imagem ou prima a barra de espaço.',
  'camera.good': 'Bem. Fique imóvel e tire a foto.',
  'camera.fault.blurred': 'Desfocado. Fique imóvel, ou afaste-se um pouco até ficar nítido.',
  'camera.fault.dark': 'Escuro demais. Mais luz, ou a lanterna.',
  'camera.fault.bright': 'Claro demais. Saia do reflexo.',
  'camera.fault.flat': 'Quase sem contraste. Há uma mancha no anel?',
  'camera.fault.small': 'Longe demais, ou nada no anel. Aproxime-se da mancha.',
  'camera.fault.large': 'Perto demais. Deve ver-se alguma pele em volta da mancha.',
};

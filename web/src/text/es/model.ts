/** Spanish; what it is for is in ../en/model.ts. */

import type { model as english } from '../en/model';
import type { Texts } from '../i18n';

export const model: Texts<typeof english> = {
  'nav.model': 'Acerca de',
  'model.heading': 'Acerca del modelo',
  'model.for': 'Para qué es',
  'model.forText':
    'Para aprender, y para mostrar que un modelo así puede funcionar en un teléfono. Mira una imagen dermatoscópica de una mancha pigmentada y dice cuánto se parece a los tipos que ha aprendido.',
  'model.notFor': 'Para qué no es',
  'model.notForText':
    'No es un producto sanitario. Nadie debe decidir por él si una mancha se examina, se trata o se deja. No sabe nada de tipos que no aprendió, de piel sin mancha, de simples fotos de móvil ni de lo que no es piel.',
  'model.data': 'De qué aprendió',
  'model.dataText':
    'HAM10000: {pictures} imágenes dermatoscópicas de {lesions} lesiones de dos clínicas, en Viena y Queensland, casi todas de piel clara. Se sabe poco de cómo funciona con otras pieles. Reglas, gel, pelo y esquinas oscuras acompañan a algunos diagnósticos en estas imágenes, y el modelo puede apoyarse en ellos.',
  'model.kinds': 'Tipos que conoce',
  'model.facts': 'Este modelo',
  'model.name': 'Nombre y versión',
  'model.size': 'Tamaño del archivo',
  'model.hash': 'SHA-256 del archivo',
  'model.crop': 'Parte del lado corto de la foto que se mira',
  'model.coverage': 'Parte de las pruebas con la verdad entre los tipos nombrados',
  'model.views': 'Vistas que se pueden promediar',
  'model.licence': 'Licencia',
  'model.points': 'Marcas de la suma de los tipos malignos',
  'model.mark': 'Marca',
  'model.sensitivity': 'Malignas halladas',
  'model.specificity': 'Inofensivas respetadas',
  'model.ppv': 'Alarmas acertadas',
  'model.ppvTwo': 'Lo mismo donde 2 de 100 son malignas',
  'model.pointsNote':
    'Medido en lesiones de las mismas colecciones con las que el modelo no se entrenó. En otro lugar lo hará peor.',
  'model.none': 'Aún no hay ningún modelo.',
  'about.heading': 'Acerca de esta aplicación',
  'about.version': 'Versión',
  'about.build': 'Compilación',
  'about.licences': 'Licencias de sus partes',
  'about.licencesLead': 'La aplicación misma está bajo la licencia MIT. Se apoya en el trabajo de otros:',
  'about.licencesLoading': 'Leyendo las licencias',
  'perf.heading': 'Rendimiento',
  'perf.kernels': 'Motor',
  'perf.kernelsValue': 'WebAssembly, {kernels}, {threads}',
  'perf.model': 'Modelo',
  'perf.decode': 'Decodificar la última foto',
  'perf.resize': 'Recortar y reducir',
  'perf.infer': 'Red neuronal',
  'perf.total': 'En total',
  'perf.memory': 'Memoria del motor',
  'perf.cores': 'Núcleos del procesador de este dispositivo',
  'perf.none': 'Los tiempos aparecen aquí cuando se haya mirado una foto.',
  'install.heading': 'En la pantalla de inicio',
  'install.lead': 'Como aplicación se abre por sí sola, a pantalla completa, y funciona sin red.',
  'install.button': 'Instalar',
  'install.later': 'Ahora no',
  'install.done': 'Lentigo está instalada en este dispositivo.',
  'install.ios': 'En Safari, toque el botón Compartir y luego «Añadir a pantalla de inicio».',
  'install.other': 'En el menú del navegador elija «Instalar» o «Añadir a pantalla de inicio», donde lo haya.',
  'offline.heading': 'Sin red',
  'offline.modelKept': 'El modelo está guardado en este dispositivo.',
  'offline.modelGone': 'El modelo no está guardado en este dispositivo: el navegador no dio espacio o lo borró.',
  'offline.load': 'Cargarlo de nuevo',
  'offline.look': 'Buscar una versión más nueva',
  'model.forKinds':
    'Para estudiar, y para mostrar que un modelo así puede funcionar en un teléfono. Mira una imagen de una sola mancha, tomada con dermatoscopio o de cerca sin él, y dice cuánto se parece a los tipos que ha aprendido.',
  'model.notForKinds':
    'No es un producto sanitario. Nadie debe decidir con él si una mancha se examina, se trata o se deja estar. No sabe nada de tipos que no ha aprendido, de piel sin mancha, de mucosas y uñas, ni de nada que no sea piel. Una foto sin dermatoscopio le dice mucho menos que una imagen dermatoscópica.',
  'model.dataKinds':
    'Varias colecciones públicas, nombradas abajo junto al modelo: imágenes tomadas con dermatoscopio y primeros planos hechos con teléfonos y cámaras. La mayoría muestra piel clara; apenas se sabe cómo se comporta con piel más oscura. Reglas, gel, vello y esquinas oscuras acompañan a algunos diagnósticos en estas imágenes, y es posible que el modelo se apoye en ello.',
  'figures.heading': 'Qué cifras valen para qué imágenes',
  'figures.lead':
    'Cada clase de imagen tiene sus propias cifras, y ninguna vale para la otra. Se midieron en lesiones de las colecciones nombradas con las que el modelo no se entrenó. En otros lugares, con otras cámaras y en otra piel lo hará peor.',
  'figures.pictures': 'Imágenes',
  'figures.lesions': 'Lesiones',
  'figures.accuracy': 'Nombradas correctamente',
  'figures.balancedAccuracy': 'Nombradas correctamente, contando lo mismo cada tipo',
  'figures.melanomaRecall': 'Melanomas nombrados como tales',
  'figures.setCoverage': 'La verdad entre los tipos posibles',
  'figures.malignantAuc': 'Lo maligno distinguido de lo inofensivo (AUC)',
  'figures.auc':
    'AUC: parte de las parejas de una lesión maligna y otra inofensiva en que la maligna recibió el número más alto. 0,50 es el azar; 1,00, todas las parejas.',
};

/** Spanish; what it is for is in ../en/faults.ts. */

import type { faults as english } from '../en/faults';
import type { Texts } from '../messages';

export const faults: Texts<typeof english> = {
  'fault.insecure': 'Esta página debe abrirse por https (o localhost); si no, el navegador niega lo que necesita.',
  'fault.no-simd':
    'A este navegador le falta WebAssembly SIMD, en el que se basa el motor. Un Chrome, Edge, Firefox o Safari (desde 16.4) actual lo tiene.',
  'fault.engine-load': 'No se pudo cargar el motor. Revise la conexión o recargue la página.',
  'fault.catalog':
    'No se pudo leer la lista de modelos. El sitio puede estar mal configurado, o responde en su lugar la página de acceso de una red.',
  'fault.catalog-network':
    'No se pudo obtener el modelo: sin conexión con el sitio. Una vez cargado no hace falta red.',
  'fault.model-network': 'No se pudo obtener el modelo. Revise la conexión.',
  'fault.model-hash': 'El modelo que llegó no es el anunciado, así que no se usó.',
  'fault.storage': 'El navegador no dio espacio para guardar el modelo.',
  'fault.threads': 'Los hilos del motor no arrancaron; trabaja con uno.',
  'fault.unbound':
    'Este navegador no pudo iniciar el motor bajo las reglas de privacidad del sitio, así que no se inició. Cuando la aplicación esté guardada en el dispositivo se intentará de nuevo; también ayuda recargar la página.',
  'fault.time-out': 'Tardó demasiado y se detuvo.',
  'fault.crash': 'Algo falló dentro del motor. Se ha vuelto a arrancar y lo demás sigue su curso.',
  'fault.stale': 'Desde entonces se ha mirado otra foto.',
  'fault.not-a-picture': 'Este navegador no puede leer esta imagen. JPEG y PNG funcionan siempre.',
  'fault.heic':
    'Este navegador no puede leer HEIC, el formato en que los iPhone guardan las fotos. Safari sí puede; o guarde antes la foto como JPEG.',
  'fault.empty-file': 'El archivo está vacío.',
  'fault.sample': 'No se pudo obtener el ejemplo. Revise la conexión.',
  'fault.folder': 'Es una carpeta. Arrastre las fotos que contiene.',
  'fault.link':
    'No es un archivo. Guarde primero la imagen y luego arrástrela o elíjala: esta página no trae nada de otro sitio.',
  'fault.text': 'Es texto, no una foto.',
  'fault.nothing-shared': 'Con lo compartido no llegó ninguna foto.',
  'fault.file-gone': 'No se pudo abrir el archivo. Puede que se haya movido o borrado.',
  'fault.camera-denied':
    'No se permitió la cámara. Permítala en los ajustes del navegador para esta página, o elija una foto.',
  'fault.camera-none': 'Este dispositivo no tiene una cámara que el navegador conozca. Elija una foto.',
  'fault.camera-busy': 'Otro programa ocupa la cámara. Ciérrelo e inténtelo de nuevo, o elija una foto.',
  'fault.camera-lost': 'La cámara se retiró. Inténtelo de nuevo, o elija una foto.',
  'fault.camera-unfit': 'La cámara no puede usarse como esta página necesita. Elija una foto.',
  'fault.camera-unsupported':
    'Este navegador no da cámara a las páginas. Use la aplicación de cámara, o elija una foto.',
  'fault.camera-failed': 'La cámara no arrancó. Inténtelo de nuevo, o elija una foto.',
  'fault.nothing-pasted': 'No hay ninguna imagen en el portapapeles.',
  'fault.LT_MEMORY': 'No hay memoria suficiente para esto. Cerrar otras pestañas puede ayudar, o una foto más pequeña.',
  'fault.LT_MODEL_FORMAT': 'El archivo del modelo está dañado.',
  'fault.LT_MODEL_UNSUPPORTED':
    'El modelo pide más de lo que puede esta versión de la aplicación. Recargar puede traer una más nueva.',
  'fault.LT_MODEL_METADATA': 'Lo que el archivo del modelo dice de sí mismo es incorrecto.',
  'fault.LT_IMAGE_FORMAT': 'La foto está dañada, o no es lo que dice ser.',
  'fault.LT_IMAGE_UNSUPPORTED': 'Este tipo de JPEG o PNG no se lee. Guardada de nuevo con un programa de fotos, sí.',
  'fault.LT_IMAGE_SIZE': 'La foto tiene demasiados píxeles. Una versión más pequeña sirve igual.',
  'fault.language': 'No se pudieron obtener los textos de este idioma. Revise la conexión.',
  'fault.screen': 'No se pudo obtener esta página. Revise la conexión o recargue.',
  'fault.history-blocked':
    'El navegador no deja que esta página guarde nada, como en una ventana privada. No se perdió nada ni se guardó nada.',
  'fault.history-full':
    'No queda espacio en este dispositivo. No se guardó; todo lo anterior sigue ahí. Borrar fotos viejas hace sitio.',
  'fault.history-archive': 'Este archivo no es un historial completo de esta aplicación. No se cambió nada.',
  'fault.preferences': 'El navegador no guarda ajustes aquí. Valen hasta que se cierre la página.',
  'fault.history-bomb': 'Este archivo, descomprimido, es mucho más grande que un historial. No se ha cambiado nada.',
  'fault.history-changed':
    'Esto se ha cambiado entretanto en otro lugar, así que no se ha sobrescrito nada. Se muestra lo que hay ahora; pulse otra vez para escribir lo suyo.',
  'fault.history-elsewhere':
    'Otra pestaña de esta aplicación tiene ocupado el historial. Ciérrela o espere, e inténtelo de nuevo.',
  'fault.history-gone': 'Esto se ha borrado entretanto, quizá en otra pestaña. No se ha escrito nada.',
  'fault.history-newer':
    'El historial lo escribió una versión más nueva de esta aplicación. Recargue la página para obtenerla.',
  'fault.history-time-out':
    'El almacenamiento del navegador no respondió a tiempo y se abandonó. Inténtelo de nuevo o recargue la página.',
  'fault.screen-broken': 'Algo de esta página no se ha podido mostrar. Lo guardado en este dispositivo sigue ahí.',
};

/** Spanish; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../i18n';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Privacidad',
  'privacy.heading': 'Nada sale. Pruébelo.',
  'privacy.lead':
    'Su foto se mira en este dispositivo. No tiene que creernos: este sitio le dice al navegador lo que nunca puede hacer, y el navegador se lo niega al propio sitio.',
  'privacy.tryHeading': 'Intentar enviar algo fuera',
  'privacy.try':
    'El botón hace que esta página, y la parte de ella que tiene su foto, pidan una dirección de otro sitio. La dirección es un nombre reservado que no es de nadie.',
  'privacy.button': 'Probar',
  'privacy.again': 'Probar de nuevo',
  'privacy.trying': 'Probando',
  'privacy.offline': 'Ahora no hay red. El resultado es el mismo: el navegador lo niega antes de buscarla.',
  'privacy.allRefused': 'El navegador negó todos los intentos.',
  'privacy.noneArrived': 'Nada salió. Este navegador no dice de cada intento que la regla lo detuvo.',
  'privacy.arrived': 'Algo se envió. Actualice el navegador y avise a quien lleva este sitio.',
  'privacy.fromPage': 'Desde la página',
  'privacy.fromWorker': 'Desde la parte con la foto',
  'privacy.noWorker': 'Esa parte no está en marcha ahora.',
  'privacy.way.fetch': 'Pedir un archivo',
  'privacy.way.picture': 'Cargar una imagen',
  'privacy.way.message': 'Dejar un mensaje al cerrar',
  'privacy.way.line': 'Abrir una línea permanente',
  'privacy.outcome.refused': 'negado por la regla {directive}',
  'privacy.outcome.arrived': 'enviado',
  'privacy.outcome.unclear': 'falló; el navegador no dice por qué',
  'privacy.forbidHeading': 'Lo que el navegador prohíbe a este sitio',
  'privacy.forbid.connect': 'Pedir algo a otro sitio o enviarle algo.',
  'privacy.forbid.load': 'Cargar imágenes, scripts, estilos, fuentes o marcos de cualquier otro sitio.',
  'privacy.forbid.script': 'Ejecutar texto como script, o aceptar scripts que no vinieron con la aplicación.',
  'privacy.forbid.form': 'Enviar un formulario a cualquier parte.',
  'privacy.forbid.sensors': 'Micrófono y ubicación. La cámara, solo cuando usted la pide.',
  'privacy.keepHeading': 'Lo que queda en este dispositivo',
  'privacy.keep':
    'La aplicación misma, el modelo y sus ajustes. Fotos solo si activa el historial, y entonces solo aquí. Una foto no está en ninguna dirección ni registro. La que comparte desde otra aplicación la recibe la copia de la aplicación en el navegador; no se pregunta al sitio.',
  'privacy.asksHeading': 'Lo que aún se pide al sitio',
  'privacy.asks':
    'De vez en cuando, si hay una aplicación o un modelo más nuevos: dos nombres de archivo iguales para todos. En modo avión ni eso, y todo funciona.',
  'privacy.limitsHeading': 'Lo que esto no prueba',
  'privacy.limits':
    'Un enlace que usted sigue lleva fuera, como los enlaces. Y ninguna página puede responder por el navegador, sus extensiones o el teléfono.',
};

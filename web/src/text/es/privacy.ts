/** Spanish; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../messages';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Privacidad',
  'privacy.heading': 'Su foto se queda aquí. Pruébelo.',
  'privacy.lead':
    'Su foto se mira en este dispositivo y el código de esta aplicación no la envía a ninguna parte. No tiene que creernos: el sitio le dice al navegador lo que nunca puede hacer, el navegador se lo niega al propio sitio, y el primer script de la página cierra lo que queda. Lo que eso prueba, y lo que no, está más abajo.',
  'privacy.tryHeading': 'Intentar enviar algo fuera',
  'privacy.try':
    'El botón hace que esta página, y la parte de ella que tiene su foto, pidan una dirección de otro sitio. La dirección es un nombre reservado que no es de nadie.',
  'privacy.button': 'Probar',
  'privacy.again': 'Probar de nuevo',
  'privacy.trying': 'Probando',
  'privacy.offline': 'Ahora no hay red. El resultado es el mismo: el navegador lo niega antes de buscarla.',
  'privacy.allRefused': 'El navegador negó todos los intentos.',
  'privacy.noneArrived': 'Nada salió. Este navegador no dice de cada intento que la regla lo detuvo.',
  'privacy.someOpen': 'Nada salió. Lo que este navegador deja abierto a cualquier página está señalado abajo.',
  'privacy.arrived': 'Algo se envió. Actualice el navegador y avise a quien lleva este sitio.',
  'privacy.fromPage': 'Desde la página',
  'privacy.fromWorker': 'Desde la parte con la foto',
  'privacy.byScript': 'Cerrado por el primer script de la página',
  'privacy.noWorker': 'Esa parte no está en marcha ahora.',
  'privacy.way.fetch': 'Pedir un archivo',
  'privacy.way.picture': 'Cargar una imagen',
  'privacy.way.message': 'Dejar un mensaje al cerrar',
  'privacy.way.line': 'Abrir una línea permanente',
  'privacy.way.stream': 'Escuchar a otro sitio',
  'privacy.way.font': 'Cargar una fuente',
  'privacy.way.frame': 'Mostrar otro sitio dentro de este',
  'privacy.way.prefetch': 'Pedir una página por adelantado',
  'privacy.way.call': 'Una llamada de navegador a navegador',
  'privacy.way.inner': 'Lo mismo desde un marco propio',
  'privacy.way.window': 'Otra ventana',
  'privacy.way.leave': 'Llevar esta página a otra parte',
  'privacy.way.ahead': 'Conectarse a un sitio por adelantado',
  'privacy.outcome.refused': 'negado por la regla {directive}',
  'privacy.outcome.arrived': 'enviado',
  'privacy.outcome.unclear': 'falló; el navegador no dice por qué',
  'privacy.outcome.closed': 'cerrado',
  'privacy.outcome.open': 'este navegador no permite cerrarlo',
  'privacy.forbidHeading': 'Lo que el navegador prohíbe a este sitio',
  'privacy.forbid.connect': 'Pedir algo a otro sitio o enviarle algo.',
  'privacy.forbid.load': 'Cargar imágenes, scripts, estilos, fuentes o marcos de cualquier otro sitio.',
  'privacy.forbid.script': 'Ejecutar texto como script, o aceptar scripts que no vinieron con la aplicación.',
  'privacy.forbid.form': 'Enviar un formulario a cualquier parte.',
  'privacy.forbid.sensors': 'Micrófono y ubicación. La cámara, solo cuando usted la pide.',
  'privacy.closedHeading': 'Lo que cierra el primer script',
  'privacy.closed':
    'Las llamadas de navegador a navegador (WebRTC) esquivan todas las reglas del navegador; también las conexiones por adelantado, las ventanas y marcos que tendrían de nuevo esas llamadas, las cookies, y un script que lleve la página a una dirección con texto dentro. El primer script de la página los quita antes de que se ejecute otro, y ninguno puede recuperarlos.',
  'privacy.codeHeading': 'Lo que el código nunca hace',
  'privacy.code':
    'Ninguna línea de esta aplicación envía una foto, una respuesta o una nota, tampoco a su propio sitio. Las pruebas de cada versión vigilan cada petición y cada intento hostil de los que figuran aquí.',
  'privacy.keepHeading': 'Lo que queda en este dispositivo',
  'privacy.keep':
    'La aplicación misma, el modelo y sus ajustes. Fotos solo si activa el historial, y entonces solo aquí. Una foto no está en ninguna dirección ni registro. La que comparte desde otra aplicación la recibe la copia de la aplicación en el navegador; no se pregunta al sitio.',
  'privacy.asksHeading': 'Lo que aún se pide al sitio',
  'privacy.asks':
    'De vez en cuando, si hay una aplicación o un modelo más nuevos: dos nombres de archivo iguales para todos. En modo avión ni eso, y todo funciona.',
  'privacy.clearedHeading': 'Si borra los datos del sitio',
  'privacy.cleared':
    'Desinstale antes la aplicación, o ábrala una vez después. Mientras siga instalada sin sus datos, una foto que comparta con ella desde otra aplicación va al servidor de este sitio: el sitio está preparado para rechazarla, pero entonces ya ha salido del dispositivo.',
  'privacy.hostileHeading': 'Lo que un script hostil aún podría hacer',
  'privacy.hostile':
    'Si a pesar de todo entrara uno en la aplicación: en un navegador sin Navigation API (Safari anterior a 26.2) podría llevar la página, a la vista, a una dirección con texto dentro. Podría esperar a que usted toque un enlace. Antes de que la aplicación esté guardada en el dispositivo podría poner texto en una petición al servidor de este sitio.',
  'privacy.limitsHeading': 'Lo que esto no prueba',
  'privacy.limits':
    'Un enlace que usted sigue lleva fuera, como los enlaces. Y ninguna página puede responder por el navegador, sus extensiones o el teléfono.',
};

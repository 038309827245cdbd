/** The pages of the classes in Spanish. */
import type { Lessons } from './lesson';

export const lessons: Lessons = {
  akiec: {
    what: [
      'Las queratosis actínicas son zonas ásperas y escamosas, rosadas o del color de la piel, donde ha dado mucho el sol: cara, cuero cabelludo calvo, orejas, dorso de las manos. A menudo se notan mejor al tacto que a la vista.',
      'La enfermedad de Bowen es una placa roja, escamosa y bien delimitada que crece despacio durante meses y años, a menudo en la parte baja de la pierna. En ambas, las células anormales están solo en la capa más superficial de la piel.',
    ],
    not: [
      'No es contagiosa y en esta fase no se ha extendido. El eccema, la psoriasis y las queratosis inofensivas pueden verse igual.',
      'Una foto no puede mostrar si una zona así ha empezado a crecer en profundidad. Algunas lo hacen con los años y se convierten en carcinoma espinocelular.',
    ],
    next: [
      'Lo habitual es mostrarla a un médico. Las zonas sueltas suelen congelarse; las extensas se tratan con una crema o con luz; a veces se toma antes una pequeña muestra.',
      'Debe verse pronto si se vuelve gruesa, dolorosa o un bulto, sangra o crece en semanas. Protegerse del sol evita que salgan otras.',
    ],
  },
  bcc: {
    what: [
      'El cáncer de piel más frecuente. A menudo parece un bultito nacarado o brillante con vasos finos, una llaga que no cura, o una zona plana rosada o como una cicatriz, sobre todo en cara, cuello o tronco. Algunos tienen color marrón o gris azulado.',
      'Crece despacio y muy rara vez se extiende a otras partes del cuerpo, pero sigue creciendo y daña lo que lo rodea.',
    ],
    not: [
      'No es un melanoma y rara vez pone en peligro la vida. No desaparece solo, aunque por un tiempo parezca curarse.',
      'Una mancha que sangra y cura una y otra vez no es solo un rasguño. Crecimientos inofensivos de las glándulas de la piel, cicatrices y lunares pueden parecerse.',
    ],
    next: [
      'Lo habitual es pedir cita con un dermatólogo en unas semanas. Casi siempre se extirpa con anestesia local; los delgados pueden tratarse con crema, frío o luz.',
      'Quien ha tenido uno tiene más probabilidad de otro, así que después se revisa la piel de vez en cuando.',
    ],
  },
  bkl: {
    what: [
      'Un grupo de crecimientos inofensivos de la piel superficial: queratosis seborreicas, de aspecto céreo, verrugoso y como pegadas; manchas solares planas y marrones; y manchas de este tipo inflamadas que se van borrando.',
      'Son muy frecuentes desde la mediana edad, y muchas personas tienen docenas.',
    ],
    not: [
      'No son cáncer ni llegan a serlo. No son verrugas que se contagien.',
      'Algunas son oscuras, irregulares o irritadas y se parecen mucho a un melanoma, para el ojo y para esta aplicación. Un melanoma también puede parecerse a una de ellas.',
    ],
    next: [
      'Casi siempre no hay que hacer nada. Las que rozan con la ropa o pican pueden quitarse.',
      'Muéstrela a un médico si es nueva y distinta de las demás, crece deprisa, tiene varios colores o sangra sin golpe. Si aparecen muchas de repente en semanas, dígalo también.',
    ],
  },
  df: {
    what: [
      'Un nódulo pequeño, firme e inofensivo en la piel, marrón o rosado, a menudo en las piernas. Si se pellizca por ambos lados, suele hundirse. A menudo sigue a una picadura o a una pequeña herida.',
      'Se queda igual durante años.',
    ],
    not: [
      'No es cáncer. Tampoco es un lunar, aunque pueda ser igual de marrón.',
      'Hay un tumor raro, de crecimiento lento, que puede empezar igual; por eso, si sigue creciendo, merece que lo vean.',
    ],
    next: [
      'Casi siempre nada. Puede extirparse si molesta, lo que deja una cicatriz.',
      'Muéstrelo a un médico si crece, duele, sangra, cambia de color o es mayor que una uña.',
    ],
  },
  mel: {
    what: [
      'El más peligroso de estos tipos: un cáncer de las células que dan color a la piel. Puede surgir de un lunar, pero casi siempre aparece en piel que antes se veía normal.',
      'Señales típicas: forma irregular, borde mal definido o varios colores, mayor de unos 6 milímetros, o cambio en semanas y meses. Algunos no tienen nada de eso: son rosados, o un bulto firme que crece deprisa. En personas de piel oscura se halla más a menudo en palmas, plantas y bajo las uñas.',
    ],
    not: [
      'Un número alto aquí no es un diagnóstico: muchas manchas así resultan inofensivas. Un número bajo no lo descarta: esta aplicación pasa por alto melanomas.',
      'No hace falta que duela ni que pique, y al principio no se nota nada.',
    ],
    next: [
      'Con esto no se espera: se muestra la mancha a un médico en pocos días y se dice qué ha cambiado. El dermatólogo la mira con un dermatoscopio y, si hay duda, la quita entera para el laboratorio.',
      'Hallado mientras es delgado, casi siempre se cura al quitarlo.',
    ],
  },
  nv: {
    what: [
      'Un lunar común: un grupo inofensivo de células de pigmento. Suele ser redondo u ovalado, de uno o dos tonos de marrón, con borde regular. La mayoría aparece en la infancia y la juventud, y con la edad pueden elevarse o aclararse.',
    ],
    not: [
      'No es cáncer, y casi ningún lunar llega a serlo. Pero un melanoma puede parecer un lunar, y esta aplicación los confunde más que otros tipos.',
      'Tener muchos lunares no significa que uno sea peligroso, pero sí que vale más la pena revisar la piel.',
    ],
    next: [
      'Casi siempre nada, salvo mirar la piel de vez en cuando: cada uno o dos meses, también la espalda, con un espejo u otra persona.',
      'Muéstrelo a un médico si cambia de tamaño, forma o color, pica, sangra, es nuevo después de los cuarenta años más o menos, o simplemente es distinto de todos los demás.',
    ],
  },
  vasc: {
    what: [
      'Crecimientos o sangrados de pequeños vasos. Los angiomas en cereza son puntos rojo vivo, frecuentes con la edad; los angioqueratomas son de rojo oscuro a negro y ásperos; los granulomas piógenos son bultos rojos y húmedos que sangran con facilidad; un moratón bajo la piel también entra aquí.',
    ],
    not: [
      'Casi siempre son inofensivos. Unos pocos melanomas son rojos o negros y se les parecen.',
      'Una mancha oscura bajo una uña o en la planta no siempre es un moratón: este sale con la uña o se borra en semanas.',
    ],
    next: [
      'Los angiomas en cereza no necesitan nada. Un bulto que sangra una y otra vez suele quitarse y mirarse en el laboratorio.',
      'Muéstrela a un médico si es nueva y crece, sangra sin causa, o es negra y no se borra en unas semanas.',
    ],
  },
};

/** The pages of the classes in French. */
import type { Lessons } from './lesson';

export const lessons: Lessons = {
  akiec: {
    what: [
      'Les kératoses actiniques sont des plaques rugueuses et squameuses, roses ou de la couleur de la peau, là où il y a eu beaucoup de soleil : visage, crâne dégarni, oreilles, dos des mains. On les sent souvent mieux qu’on ne les voit.',
      'La maladie de Bowen est une plaque rouge, squameuse, bien délimitée, qui grandit lentement au fil des mois et des années, souvent au bas de la jambe. Dans les deux cas, les cellules anormales ne sont que dans la couche la plus superficielle de la peau.',
    ],
    not: [
      'Ce n’est pas contagieux, et à ce stade cela ne s’est pas propagé. L’eczéma, le psoriasis et des kératoses inoffensives peuvent avoir le même aspect.',
      'Une photo ne peut pas montrer si une telle plaque a commencé à s’étendre en profondeur. Quelques-unes le font avec les années et deviennent un carcinome épidermoïde.',
    ],
    next: [
      'D’ordinaire, on la montre à un médecin. Les plaques isolées sont souvent traitées par le froid ; les zones étendues par une crème ou par la lumière ; parfois on prélève d’abord un petit échantillon.',
      'Il faut la faire voir bientôt si elle devient épaisse, douloureuse ou forme une bosse, saigne, ou grandit en quelques semaines. Se protéger du soleil en évite de nouvelles.',
    ],
  },
  bcc: {
    what: [
      'Le cancer de la peau le plus fréquent. Il ressemble souvent à une petite bosse nacrée ou brillante parcourue de fins vaisseaux, à une plaie qui ne guérit pas, ou à une plaque plate, rose ou comme une cicatrice, surtout au visage, au cou ou au tronc. Certains contiennent du brun ou du gris bleuté.',
      'Il grandit lentement et se propage très rarement à d’autres parties du corps, mais il continue de grandir et abîme ce qui l’entoure.',
    ],
    not: [
      'Ce n’est pas un mélanome, et il met rarement la vie en danger. Il ne disparaît pas de lui-même, même s’il semble guérir un moment.',
      'Une tache qui saigne et cicatrise sans cesse n’est pas qu’une égratignure. Des excroissances inoffensives des glandes de la peau, des cicatrices et des grains de beauté peuvent lui ressembler.',
    ],
    next: [
      'D’ordinaire, on prend rendez-vous chez un dermatologue dans les semaines qui viennent. On le retire le plus souvent sous anesthésie locale ; les plus minces se traitent par une crème, le froid ou la lumière.',
      'Qui en a eu un risque davantage d’en avoir un autre ; on examine donc ensuite la peau de temps en temps.',
    ],
  },
  bkl: {
    what: [
      'Un groupe d’excroissances inoffensives de la peau superficielle : les kératoses séborrhéiques, d’aspect cireux, verruqueux et comme collées ; les taches solaires, plates et brunes ; et de telles taches enflammées en train de s’effacer.',
      'Elles sont très fréquentes à partir de l’âge mûr, et beaucoup de gens en ont des dizaines.',
    ],
    not: [
      'Ce n’est pas un cancer et cela n’en devient pas un. Ce ne sont pas des verrues que l’on attrape.',
      'Certaines sont sombres, irrégulières ou irritées et ressemblent beaucoup à un mélanome, pour l’œil comme pour cette application. Un mélanome peut aussi ressembler à l’une d’elles.',
    ],
    next: [
      'Le plus souvent, il n’y a rien à faire. Celles qui accrochent les vêtements ou démangent peuvent être retirées.',
      'Montrez-la à un médecin si elle est nouvelle et différente des autres, grandit vite, a plusieurs couleurs ou saigne sans choc. Si beaucoup apparaissent soudain en quelques semaines, dites-le aussi.',
    ],
  },
  df: {
    what: [
      'Un petit nodule ferme et inoffensif dans la peau, brun ou rosé, souvent aux jambes. Pincé des deux côtés, il s’enfonce d’ordinaire. Il suit souvent une piqûre d’insecte ou une petite blessure.',
      'Il reste le même pendant des années.',
    ],
    not: [
      'Ce n’est pas un cancer. Ce n’est pas non plus un grain de beauté, même s’il peut être aussi brun.',
      'Il existe une tumeur rare, à croissance lente, qui peut commencer de la même façon ; un nodule qui continue de grandir mérite donc d’être vu.',
    ],
    next: [
      'Le plus souvent, rien. On peut le retirer s’il gêne, ce qui laisse une cicatrice.',
      'Montrez-le à un médecin s’il grandit, fait mal, saigne, change de couleur ou dépasse la taille d’un ongle.',
    ],
  },
  mel: {
    what: [
      'Le plus dangereux de ces types : un cancer des cellules qui font le pigment de la peau. Il peut naître d’un grain de beauté, mais naît le plus souvent sur une peau qui paraissait normale.',
      'Signes typiques : forme irrégulière, bord mal défini ou plusieurs couleurs, plus de 6 millimètres environ, ou changement en quelques semaines ou mois. Certains n’ont rien de cela : roses, ou une bosse ferme qui grandit vite. Chez les personnes à la peau foncée, on le trouve plus souvent aux paumes, aux plantes et sous les ongles.',
    ],
    not: [
      'Un nombre élevé ici n’est pas un diagnostic : beaucoup de taches de cet aspect se révèlent inoffensives. Un nombre bas ne l’exclut pas : cette application manque des mélanomes.',
      'Il ne fait pas forcément mal et ne démange pas toujours ; au début, on ne sent rien.',
    ],
    next: [
      'On n’attend pas : on montre la tache à un médecin dans les jours qui suivent et on dit ce qui a changé. Le dermatologue la regarde au dermatoscope et, en cas de doute, la retire entière pour le laboratoire.',
      'Trouvé tant qu’il est mince, il guérit presque toujours lorsqu’on le retire.',
    ],
  },
  nv: {
    what: [
      'Un grain de beauté ordinaire : un groupe inoffensif de cellules pigmentaires. Il est d’ordinaire rond ou ovale, d’un ou deux tons de brun, à bord régulier. La plupart apparaissent dans l’enfance et la jeunesse ; avec l’âge, ils peuvent se soulever ou pâlir.',
    ],
    not: [
      'Ce n’est pas un cancer, et presque aucun grain de beauté n’en devient un. Mais un mélanome peut ressembler à un grain de beauté, et cette application confond les deux plus souvent que d’autres.',
      'En avoir beaucoup ne veut pas dire que l’un est dangereux, mais qu’il vaut d’autant plus la peine de regarder sa peau.',
    ],
    next: [
      'Le plus souvent, rien, sinon regarder sa peau de temps en temps : tous les mois ou deux, le dos aussi, avec un miroir ou une autre personne.',
      'Montrez-le à un médecin s’il change de taille, de forme ou de couleur, démange, saigne, est nouveau après quarante ans environ, ou diffère simplement de tous les autres.',
    ],
  },
  vasc: {
    what: [
      'Excroissances ou saignements de petits vaisseaux. Les angiomes rubis sont des points rouge vif, fréquents avec l’âge ; les angiokératomes vont du rouge foncé au noir et sont rugueux ; les granulomes pyogéniques sont des bosses rouges et humides qui saignent facilement ; un hématome sous la peau en fait aussi partie.',
    ],
    not: [
      'Elles sont presque toujours inoffensives. Quelques mélanomes sont rouges ou noirs et leur ressemblent.',
      'Une tache sombre sous un ongle ou à la plante n’est pas toujours un hématome : celui-ci pousse avec l’ongle ou s’efface en quelques semaines.',
    ],
    next: [
      'Les angiomes rubis n’ont besoin de rien. Une bosse qui saigne sans cesse est d’ordinaire retirée et examinée au laboratoire.',
      'Montrez-la à un médecin si elle est nouvelle et grandit, saigne sans cause, ou est noire et ne s’efface pas en quelques semaines.',
    ],
  },
};

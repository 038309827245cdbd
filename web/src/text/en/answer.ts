/** The answer for one photo. */
export const answer = {
  'answer.label': 'Answer',
  'answer.most': 'Looks most like',
  'answer.spoken': 'Looks most like {name}, {share}.',
  'answer.sample': 'This is the answer for a drawing made by a program.',
  'answer.bars': 'How much it looks like each kind',
  'answer.malignantKind': 'malignant',
  'answer.malignant': 'Malignant kinds together',
  'answer.malignantOf': 'The sum of {names}.',
  'answer.mark': 'mark at {share}',
  'answer.above':
    'Above the model’s mark. Most malignant lesions in its tests lay above it, and many harmless ones too.',
  'answer.below':
    'Below the model’s mark. Most harmless lesions in its tests lay below it, and a few malignant ones too.',
  'answer.unmarked': 'The model sets no mark for this sum.',
  'answer.meaningHeading': 'What this means',
  'answer.meaning':
    'A number says how much the photo resembles pictures of that kind in the collection the model learned from. It is not the chance that you have it.',
  'answer.nextHeading': 'What to do next',
  'answer.nextAbove': 'Show this spot to a doctor soon, best a dermatologist, whichever kind leads the list.',
  'answer.nextBelow':
    'Keep an eye on it. Show it to a doctor if it is new, grows, changes its colour or shape, itches, bleeds, or is unlike your other spots.',
  'answer.nextAlways': 'If you are worried, have it looked at. No answer here is a reason to wait.',
  'answer.took': 'Computed on this device in {time}. {model}.',
  'answer.outdated': 'A newer model has arrived since.',
  'answer.again': 'Look again',

  'details.heading': 'Details',
  'details.prior': 'How common each kind is taken to be',
  'details.prior.data': 'As in the collection the model learned from',
  'details.prior.uniform': 'All kinds equally common',
  'details.size': 'Photo',
  'details.sizeValue': '{width} × {height} pixels',
  'details.decoder': 'Decoded by',
  'details.decoder.engine': 'Lentigo',
  'details.decoder.browser': 'the browser',
  'details.times': 'Decode, resize, compute',
  'details.timesValue': '{decode} + {resize} + {infer}',
  'details.kernels': 'Computed with',
  'details.kernels.relaxed': 'relaxed SIMD',
  'details.kernels.simd': 'SIMD',
  'details.model': 'Model',
} as const;

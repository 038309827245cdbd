/** The first screen: choosing a photo, and what stands there before one is chosen. */
export const check = {
  'check.label': 'Photo',
  'check.camera': 'Take a photo',
  'check.file': 'Choose a photo',
  'check.another': 'Choose another',
  'check.hint': 'or drop it anywhere, or paste it',
  'check.drop': 'Drop the photo',
  'check.empty': 'The photo will be shown here',
  'check.yourPhoto': 'The photo you chose, cut to the square that was looked at',
  'check.unseen': 'This browser cannot show the picture',
  'check.samples': 'Try a sample',
  'check.samplesNote': 'Drawn by a program. These are not photographs of skin.',
  'check.drawing': 'Drawing: {name}',

  'sample.even': 'even brown',
  'sample.many': 'many colours',
  'sample.red': 'red lagoons',
  'sample.waxy': 'waxy crust',
  'sample.pale': 'pale centre',
  'sample.vessels': 'branched vessels',

  'intro.heading': 'A closer look at a spot on the skin',
  'intro.lead':
    'Lentigo compares a close-up photo with the kinds of skin lesion its model has learned, and shows how much the photo looks like each of them.',
  'intro.privateHeading': 'The photo stays here',
  'intro.private': 'Everything is computed on this device. Nothing you show it is sent anywhere.',
  'intro.closeHeading': 'Close, sharp, evenly lit',
  'intro.close':
    'Through a dermatoscope, as a clip-on lens is one, the model does best. A plain phone photo tells it far less.',
  'intro.limitHeading': 'It can be wrong',
  'intro.limit':
    'It knows only a few kinds, and gives an answer even when the picture shows none of them. A spot that worries you belongs in front of a doctor.',

  'job.working': 'Looking at the photo',
  'job.failed': 'No answer for this photo',
  'job.retry': 'Try again',
} as const;

/** The classes. In English the model file's own words are shown; these stand in until a model is here. */
export const kinds = {
  'kind.akiec': 'Actinic keratosis or Bowen’s disease',
  'kind.akiec.about':
    'Rough, scaly patches from years of sun. They are an early form of skin cancer that stays in the upper layer of the skin, and are usually treated so that they do not grow deeper.',
  'kind.bcc': 'Basal cell carcinoma',
  'kind.bcc.about':
    'The most common skin cancer. It grows slowly and very rarely spreads, but it damages the skin around it and should be removed.',
  'kind.bkl': 'Benign keratosis',
  'kind.bkl.about':
    'Harmless growths such as seborrhoeic keratoses and sun spots. They are common with age and need no treatment, though some look much like melanoma.',
  'kind.df': 'Dermatofibroma',
  'kind.df.about':
    'A small, firm, harmless knot in the skin, often on the legs and often after an insect bite or a scratch.',
  'kind.mel': 'Melanoma',
  'kind.mel.about':
    'The most dangerous of these: a cancer of the pigment cells that can spread. Found early it can nearly always be cured by removing it.',
  'kind.nv': 'Nevus (mole)',
  'kind.nv.about':
    'An ordinary mole: a harmless group of pigment cells. A mole that changes, bleeds or looks unlike the others should be shown to a doctor.',
  'kind.vasc': 'Vascular lesion',
  'kind.vasc.about':
    'Small growths or bleedings of blood vessels, such as cherry angiomas. They are red, purple or nearly black, and mostly harmless.',

  'lesson.heading': 'The kinds, in plain words',
  'lesson.lead': 'What each of them is, what it is not, and what people usually do next.',
  'lesson.what': 'What it is',
  'lesson.not': 'What it is not',
  'lesson.next': 'What people usually do next',
  'lesson.sources': 'Written for this app after',
  'lesson.all': 'All kinds',
  'lesson.unknown': 'There is no page for this kind.',
  'lesson.read': 'More about it',
  'lesson.noAdvice': 'This is general knowledge, not advice about your skin.',
} as const;

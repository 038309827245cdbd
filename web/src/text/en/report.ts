/** The page to print or to share. */
export const report = {
  'report.open': 'Report',
  'report.way': 'A page to print or share',
  'report.heading': 'Report',
  'report.print': 'Print or save as PDF',
  'report.share': 'Share',
  'report.none': 'There is no answer to report on. Have a photo looked at first.',
  'report.date': 'Date',
  'report.site': 'Place',
  'report.size': 'Size',
  'report.note': 'Note',
  'report.photo': 'The square that was looked at',
  'report.map': 'What spoke for {name}',
  'report.sum': 'Malignant kinds together: {share}',
  'report.sumMark': 'Malignant kinds together: {share} (mark at {mark})',
  'report.set': 'It may be: {names}.',
  'report.made': 'Computed on the device by {model}, file {hash}.',
  'report.views': { one: '{count} view.', other: 'Mean of {count} views.' },
  'report.disclaimer':
    'Made by a program as an aid for study. Not a medical device, not a diagnosis. The numbers say how much the photo resembles pictures in the collection the model learned from; they are not the chance of a disease. The program misses melanomas. Whether a spot needs treatment only a doctor can say.',
  'report.shared': 'Lentigo: {name}, {share}. {disclaimer}',
  'report.unshared': 'It could not be shared. Print it, or save the picture, instead.',

  'report.picture': 'Kind of picture',
  'report.sharedName': '{name} ({kind})',
} as const;

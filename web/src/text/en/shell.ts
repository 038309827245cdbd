/** The frame around the screens. */
export const shell = {
  'app.notDiagnosis': 'An aid for study. Not a diagnosis, not a medical device.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'Skip to the content',

  'nav.label': 'Main',
  'nav.check': 'Check',
  'nav.history': 'History',
  'nav.settings': 'Settings',

  'screen.loading': 'Loading this page',
  'screen.failed': 'This page could not be loaded',

  'shell.offline.unknown': 'Works without a network once loaded',
  'shell.offline.ready': 'Works without a network',
  'shell.offline.failed': 'Needs the network',
  'shell.update.waiting': 'A new version of the app is ready.',
  'shell.update.taken': 'A new version of the app was started in another window.',
  'shell.update.withdrawn': 'This version was withdrawn by whoever runs this site. Save what you need, then reload.',
  'shell.reload': 'Reload',
  'shell.later': 'Later',
  'shell.updateBlocked':
    'What is on the screen cannot be taken along into the new version. Save what you need, then reload.',
  'download.ready': '{name} is ready.',
  'download.save': 'Save',
  'download.drop': 'Not now',
  'shell.model': 'Model {name} {version}',
  'shell.modelRenewed': 'A newer model, {version}, was taken over.',
  'shell.modelFailed': 'A newer model could not be taken over. The one you have works on.',
  'shell.licence': 'Licence of the model: {licence}.',

  'engine.loading': 'Getting the model ready',
  'engine.bytes': 'Getting the model: {received} of {total}',
  'engine.left': 'Model: {received} of {total}, about {time} left',
  'engine.stalled': 'Model: {received} of {total}, nothing new for {time}',
  'engine.hadCome': '{received} of {total} of the model had arrived.',
  'engine.again': 'Last tried at {time}. Once there is a network, it is tried again by itself.',
  'engine.ready': 'Ready',
  'engine.failed': 'The engine did not start',

  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': 'There is no such page',
  'missing.lead': 'Nothing in this app is at this address. It may have been deleted, or the address is not whole.',
  'missing.way': 'To the first page',
  'broken.heading': 'This page does not work',
} as const;

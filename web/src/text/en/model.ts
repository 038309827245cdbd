/** About the model, the app and what it is made of. */
export const model = {
  'nav.model': 'About',
  'model.heading': 'About the model',
  'model.for': 'What it is for',
  'model.forText':
    'Study, and the demonstration that such a model can run on a phone. It looks at a picture of one spot, best one taken through a dermatoscope, and says how much it resembles the kinds it has learned.',
  'model.notFor': 'What it is not for',
  'model.notForText':
    'It is not a medical device. Nobody should decide by it whether a spot is looked at, treated or left alone. It knows nothing of kinds it was not trained on, of skin without a spot, of mucous membranes and nails, or of anything that is not skin. A photo without a dermatoscope tells it far less.',
  'model.data': 'What it learned from',
  'model.dataText':
    'Public collections of pictures, named below with this model. Most show fair skin; little is known of how it does on darker skin. Rulers, gel, hair and dark corners go with some diagnoses in these pictures, and the model may lean on them.',
  'model.kinds': 'Kinds it knows',
  'model.facts': 'This model',
  'model.name': 'Name and version',
  'model.size': 'Size of the file',
  'model.hash': 'SHA-256 of the file',
  'model.crop': 'Share of the photo’s shorter side that is looked at',
  'model.coverage': 'Share of tests with the truth in the prediction set',
  'model.views': 'Views that can be averaged',
  'model.licence': 'Licence',
  'model.points': 'Marks on the sum of the malignant kinds',
  'model.mark': 'Mark',
  'model.sensitivity': 'Malignant found',
  'model.specificity': 'Harmless spared',
  'model.ppv': 'Alarms that were right',
  'model.ppvTwo': 'The same where 2 of 100 are malignant',
  'model.pointsNote':
    'Measured on lesions the model was not trained on, from the same collections. Elsewhere it will do worse.',
  'model.none': 'No model is here yet.',

  'about.heading': 'About this app',
  'about.version': 'Version',
  'about.build': 'Build',
  'about.licences': 'Licences of what it is made of',
  'about.licencesLead': 'The app itself is under the MIT licence. It stands on the work of others:',
  'about.licencesLoading': 'Reading the licences',

  'perf.heading': 'Performance',
  'perf.kernels': 'Engine',
  'perf.kernelsValue': 'WebAssembly, {kernels}, {threads}',
  'perf.model': 'Model',
  'perf.decode': 'Decoding the last photo',
  'perf.resize': 'Cropping and resizing',
  'perf.infer': 'Network',
  'perf.total': 'Altogether',
  'perf.memory': 'Memory of the engine',
  'perf.cores': 'Processor cores of this device',
  'perf.none': 'Times appear here once a photo has been looked at.',

  'install.heading': 'On the home screen',
  'install.lead': 'As an app it opens by itself, full screen, and works without a network.',
  'install.button': 'Install',
  'install.later': 'Not now',
  'install.done': 'Lentigo is installed on this device.',
  'install.ios': 'In Safari, tap the Share button, then “Add to Home Screen”.',
  'install.iosKept':
    'Safari deletes what a website has kept on the device once Safari has been used for seven days without a visit to it. An app on the home screen is spared from that.',
  'install.iosOwn':
    'The app on the home screen has a storage of its own: what was kept in the browser is not in it. Export and import take it along.',
  'install.iosHow': 'How to put it on the home screen',
  'install.other': 'In the menu of the browser, choose “Install” or “Add to home screen”, where there is one.',

  'offline.heading': 'Without a network',
  'offline.modelKept': 'The model is kept on this device.',
  'offline.modelGone': 'The model is not kept on this device: the browser gave no room for it, or has cleared it.',
  'offline.load': 'Load it again',
  'offline.look': 'Look for a newer version',

  'figures.heading': 'Which figures hold for which pictures',
  'figures.lead':
    'Each kind of picture has figures of its own, and none holds for the other. They were measured on lesions the model was not trained on. With other cameras and on other skin it will do worse.',
  'figures.pictures': 'Pictures',
  'figures.lesions': 'Lesions',
  'figures.accuracy': 'Named rightly',
  'figures.balancedAccuracy': 'Named rightly, each kind counting the same',
  'figures.melanomaRecall': 'Melanomas named as such',
  'figures.setCoverage': 'The truth among the kinds named as possible',
  'figures.malignantAuc': 'Malignant told from harmless (AUC)',
  'figures.auc':
    'AUC: the share of pairs of a malignant and a harmless lesion in which the malignant one got the higher number. 0.50 is chance, 1.00 is every pair.',
} as const;

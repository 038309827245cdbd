/** Settings. */
export const settings = {
  'settings.heading': 'Settings',
  'settings.language': 'Language',
  'settings.languageAuto': 'As the browser has it',
  'settings.point': 'Mark for the malignant kinds',
  'settings.pointLead': 'A lower mark finds more malignant lesions and alarms more often without need.',
  'settings.pointOwn': 'Mark at {share} (the model’s own)',
  'settings.pointAt': 'Mark at {share}',
  'settings.pointFigures': 'Of 100 malignant it finds about {found}; of 100 harmless it spares about {spared}.',
  'settings.history': 'Keep a history on this device',
  'settings.historyNote': 'Off: nothing new can be kept. What was kept stays until you delete it.',
  'settings.threads': 'Threads',
  'settings.threadsLead':
    'With more of them answers come sooner, above all for many photos and closer looks; more power and memory are used. The answers stay the same.',
  'settings.threadCount': { one: '{count} thread', other: '{count} threads' },
  'settings.threadsLater': 'More than one can be chosen once the app is kept on this device and has been opened again.',
  'settings.threadsOne': 'In this browser the engine works on one.',
  'settings.units': 'Units of length',
  'settings.units.metric': 'Millimetres',
  'settings.units.imperial': 'Inches',
} as const;

/** Settings. */
export const settings = {
  'settings.heading': 'Settings',
  'settings.language': 'Language',
  'settings.languageAuto': 'As the browser has it',
} as const;

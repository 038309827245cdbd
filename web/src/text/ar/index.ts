/** Arabic. */
import type { Messages } from '../i18n';
import { answer } from './answer';
import { check } from './check';
import { faults } from './faults';
import { history } from './history';
import { kinds } from './kinds';
import { model } from './model';
import { report } from './report';
import { settings } from './settings';
import { shell } from './shell';

export const messages: Messages = {
  ...shell,
  ...check,
  ...answer,
  ...kinds,
  ...history,
  ...report,
  ...model,
  ...settings,
  ...faults,
};

/** German. */
import type { Messages } from '../messages';
import { answer } from './answer';
import { batch } from './batch';
import { camera } from './camera';
import { check } from './check';
import { crop } from './crop';
import { faults } from './faults';
import { history } from './history';
import { kinds } from './kinds';
import { model } from './model';
import { privacy } from './privacy';
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
  ...crop,
  ...camera,
  ...batch,
  ...privacy,
  ...faults,
};

/** English: the language all others are held against. Names of the classes come from the model file. */
import { answer } from './answer';
import { check } from './check';
import { faults } from './faults';
import { kinds } from './kinds';
import { settings } from './settings';
import { shell } from './shell';

export const en = { ...shell, ...check, ...answer, ...kinds, ...settings, ...faults };

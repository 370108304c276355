/** Every Dutch sentence of the app, by key. A sentence with something to fill in is a function with named parameters. */
import * as common from './nl/common';
import * as forms from './nl/forms';
import * as lock from './nl/lock';
import * as system from './nl/system';
import * as today from './nl/today';
import * as work from './nl/work';

export const m = { ...common, ...lock, ...today, ...forms, ...work, ...system };

import { charDevice } from '../formats/char-device.js';
import { charDeviceOrDotWh } from '../formats/char-device-or-dot-wh.js';
import { dotWh } from '../formats/dot-wh.js';
import type { Format } from '../formats/format.js';
import { hiddenSuffix } from '../formats/hidden-suffix.js';
import { none } from '../formats/none.js';
import type { Whiteouts } from './description.js';

const formats: Readonly<Record<Whiteouts, Format>> = {
  'char-device': charDevice,
  'char-device-or-dot-wh': charDeviceOrDotWh,
  'dot-wh': dotWh,
  'hidden-suffix': hiddenSuffix,
  none,
};

/** The format that a description calls by this name. */
export function formatNamed(name: Whiteouts): Format {
  return formats[name];
}

/**
 * The icons that every challenge has: of notices, of errors, and of the end.
 *
 * @module
 */

import type { Icon } from '../screens/icon.js'

export const CHECK: Icon = ['M5 12.5l4.5 4.5L19 7.5']

export const CLOSE: Icon = ['M6 6l12 12', 'M18 6 6 18']

export const LINK: Icon = [
  'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-.8.8',
  'M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l.8-.8',
]

export const CLOCK: Icon = ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M12 7.5V12l3 2']

export const REVIEW: Icon = ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M8 12h.01', 'M12 12h.01', 'M16 12h.01']

export const OFFLINE: Icon = [
  'M4 4l16 16',
  'M8.5 15.5a5 5 0 0 1 6.5-.4',
  'M5 12a10 10 0 0 1 4-2.4',
  'M13 9.1a10 10 0 0 1 6 2.9',
  'M2.5 8.5A14.5 14.5 0 0 1 6.5 6',
  'M10.5 5.1A14.5 14.5 0 0 1 21.5 8.5',
  'M12 19h.01',
]

export const ALERT: Icon = ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M12 7.5v5', 'M12 16h.01']

export const BLOCKED: Icon = ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M5.7 5.7l12.6 12.6']

export const METHOD: Icon = [
  'M12 3l7.5 2.8v5.4c0 4.4-3 7.9-7.5 9.8-4.5-1.9-7.5-5.4-7.5-9.8V5.8Z',
  'M12 8v4',
  'M12 15.5h.01',
]

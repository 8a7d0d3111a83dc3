/**
 * The icons of the methods: an app bundles those of its methods only.
 *
 * @module
 */

import type { Icon } from '../screens/icon.js'

export const MESSAGE: Icon = [
  'M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-7l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
  'M8 9.5h8',
  'M8 13h5',
]

export const WHATSAPP: Icon = [
  'M3.5 20.5l1.3-4.4a8.5 8.5 0 1 1 3.2 3.1Z',
  'M9.2 8.2c-.9.9-.7 2.4 1.4 4.6 2.2 2.2 3.8 2.4 4.7 1.5l.6-.8-2.1-1.4-.9.7c-.9-.4-1.6-1.1-2-2l.7-.9-1.4-2.1Z',
]

export const MAIL: Icon = [
  'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
  'M3.5 6.5 12 13l8.5-6.5',
]

export const APP: Icon = [
  'M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5Z',
  'M9.5 9h.01',
  'M12 9h.01',
  'M14.5 9h.01',
  'M9.5 12.5h.01',
  'M12 12.5h.01',
  'M14.5 12.5h.01',
]

export const PASSKEY: Icon = [
  'M9.5 4a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6Z',
  'M2.5 20v-1.5c0-2.6 2.4-4.2 5-4.2h3',
  'M17.5 10a3 3 0 0 1 1.2 5.7V20l-1.2 1.2L16.3 20v-4.3A3 3 0 0 1 17.5 10Z',
  'M17.5 12.8h.01',
]

export const KEY: Icon = [
  'M7.5 3h9a1.5 1.5 0 0 1 1.5 1.5V16a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16V4.5A1.5 1.5 0 0 1 7.5 3Z',
  'M9 17.5V21h6v-3.5',
  'M12 7.8a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z',
]

export const PHONE: Icon = [
  'M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5Z',
  'M9.5 11.5l2 2 3.2-3.6',
  'M11 18.5h2',
]

export const QR_CODE: Icon = [
  'M4 4h6v6H4Z',
  'M14 4h6v6h-6Z',
  'M4 14h6v6H4Z',
  'M14 14h2v2',
  'M20 14h.01',
  'M20 17v3h-3',
  'M14 20h.01',
]

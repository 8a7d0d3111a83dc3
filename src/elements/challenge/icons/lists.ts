/**
 * The icons of the list of methods and of the settings, which load with them.
 *
 * @module
 */

import type { Icon } from '../screens/icon.js'

export const SHIELD: Icon = [
  'M12 3l7.5 2.8v5.4c0 4.4-3 7.9-7.5 9.8-4.5-1.9-7.5-5.4-7.5-9.8V5.8Z',
  'M8.8 11.8l2.3 2.3 4.2-4.4',
]

export const CHEVRON: Icon = ['M9 5.5l6.5 6.5L9 18.5']

export const TRASH: Icon = ['M4.5 6.5h15', 'M9 6.5v-2h6v2', 'M6.5 6.5l.8 13h9.4l.8-13']

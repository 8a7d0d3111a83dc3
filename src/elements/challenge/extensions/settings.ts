/**
 * The settings: the user's methods, with a way to add and to remove one.
 *
 * @module
 */

import { ConfirmRemoval } from '../screens/confirm-removal.js'
import { Settings } from '../screens/settings.js'
import { SETTINGS_STYLE } from '../theme/settings-style.js'
import { SETTINGS } from '../wording/english/settings.js'
import * as enrolment from './enrolment.js'

export { startSettings } from '../flows/settings.js'

export const views = { ...enrolment.views, settings: Settings, removal: ConfirmRemoval }
export const english = [...enrolment.english, SETTINGS]
export const styles = [...enrolment.styles, SETTINGS_STYLE]

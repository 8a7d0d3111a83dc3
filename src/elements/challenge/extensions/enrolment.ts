/**
 * Adding a method: the list of those that can be added, the input of a number or address, and the secret of an app.
 *
 * @module
 */

import { EnterContact } from '../screens/enter-contact.js'
import { SetUpApp } from '../screens/set-up-app.js'
import { ENROLMENT_STYLE } from '../theme/enrolment-style.js'
import { QR_STYLE } from '../theme/qr-style.js'
import { ENROLMENT } from '../wording/english/enrolment.js'
import * as choosing from './choosing.js'

export { startEnrolment } from '../flows/enrolment.js'

export const views = { ...choosing.views, contact: EnterContact, app: SetUpApp }
export const english = [...choosing.english, ENROLMENT]
export const styles = [...choosing.styles, QR_STYLE, ENROLMENT_STYLE]

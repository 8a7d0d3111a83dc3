/**
 * The list of methods.
 *
 * @module
 */

import { ChooseMethod } from '../screens/choose-method.js'
import { CHOOSING_STYLE } from '../theme/choosing-style.js'
import { CHOOSING } from '../wording/english/choosing.js'

export const views = { choose: ChooseMethod }
export const english = [CHOOSING]
export const styles = [CHOOSING_STYLE]

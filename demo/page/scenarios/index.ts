/**
 * The scenarios of the page, in the order of its menu. A new one is a file here and a line in this list.
 *
 * @module
 */
import type { ComponentType } from 'preact'
import { enrolment } from './enrolment.js'
import { hostedUi } from './hosted-ui.js'
import { ownForm } from './own-form.js'
import { signIn } from './sign-in.js'
import { updateAddress } from './update-address.js'
import { verifiedNumber } from './verified-number.js'

export interface Scenario {
  /** Its place in the address: `/#sign-in`. */
  readonly id: string
  readonly title: string
  /** What it shows, in a sentence or two. */
  readonly summary: string
  readonly Panel: ComponentType
}

export const scenarios: readonly [Scenario, ...Scenario[]] = [
  signIn,
  ownForm,
  hostedUi,
  enrolment,
  updateAddress,
  verifiedNumber,
]

/**
 * The scenarios, in the order of the menu. To add one, add a file here and its name to one of the groups.
 *
 * @module
 */
import { authenticatorApp } from './authenticator-app.js'
import { enrolment } from './enrolment.js'
import { hostedUi } from './hosted-ui.js'
import { inYourPage } from './in-your-page.js'
import { magicLink } from './magic-link.js'
import { notp } from './notp.js'
import { ownForm } from './own-form.js'
import { passkey } from './passkey.js'
import { push } from './push.js'
import { qrCode } from './qr-code.js'
import type { Scenario } from './scenario.js'
import { securityKey } from './security-key.js'
import { signIn } from './sign-in.js'
import { updateAddress } from './update-address.js'
import { verifiedNumber } from './verified-number.js'
import { webhooks } from './webhooks.js'

interface Group {
  readonly id: string
  readonly title: string
  readonly scenarios: readonly [Scenario, ...Scenario[]]
}

export const groups: readonly [Group, ...Group[]] = [
  {
    id: 'one-time-codes',
    title: 'One-time codes',
    scenarios: [ownForm, hostedUi, inYourPage, signIn, enrolment, updateAddress, verifiedNumber],
  },
  {
    id: 'other-channels',
    title: 'Other channels',
    scenarios: [magicLink, authenticatorApp, passkey, securityKey, push, qrCode, notp],
  },
  { id: 'backend', title: 'Backend', scenarios: [webhooks] },
]

export const scenarios: readonly Scenario[] = groups.flatMap(group => group.scenarios)

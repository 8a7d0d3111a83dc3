/**
 * The methods that have screens, each a constant of its own: an app bundles those that it names.
 *
 * How a user adds a method that needs a number, an address or an app is in `enrolments.ts`. No other file knows a method
 * by name, except for its texts in `wording/`.
 *
 * @module
 */

import { ceremonies } from '../extensions/on-demand.js'
import { LINK } from '../icons/common.js'
import * as icons from '../icons/methods.js'
import { userOf } from '../session.js'
import {
  EMAIL,
  EMAIL_ML,
  PASSKEY,
  PUSH,
  QR_CODE,
  SECURITY_KEY,
  SMS,
  TOTP,
  WHATSAPP,
} from '../wording/english/methods.js'
import type { CeremonyMethod, CodeMethod, ScanMethod, WaitMethod } from './kinds.js'

export const sms: CodeMethod = {
  id: 'SMS',
  name: 'sms',
  english: SMS,
  kind: 'code',
  icon: icons.MESSAGE,
  contact: 'phoneNumber',
  send: client => client.sms.challenge(),
  verify: (client, code) => client.sms.verify({ code }),
  enrolment: true,
}

export const whatsapp: CodeMethod = {
  id: 'WHATSAPP',
  name: 'whatsapp',
  english: WHATSAPP,
  kind: 'code',
  icon: icons.WHATSAPP,
  contact: 'phoneNumber',
  send: client => client.whatsapp.challenge(),
  verify: (client, code) => client.whatsapp.verify({ code }),
}

export const email: CodeMethod = {
  id: 'EMAIL_OTP',
  name: 'email',
  english: EMAIL,
  kind: 'code',
  icon: icons.MAIL,
  contact: 'email',
  send: client => client.email.challenge(),
  verify: (client, code) => client.email.verify({ code }),
  enrolment: true,
}

export const emailML: WaitMethod = {
  id: 'EMAIL_MAGIC_LINK',
  name: 'emailML',
  english: EMAIL_ML,
  kind: 'wait',
  icon: LINK,
  contact: 'email',
  send: client => client.emailML.challenge(),
  wait: (client, _, signal) => client.emailML.checkVerificationStatus({ signal }),
  enrolment: true,
}

export const totp: CodeMethod = {
  id: 'AUTHENTICATOR_APP',
  name: 'totp',
  english: TOTP,
  kind: 'code',
  icon: icons.APP,
  verify: (client, code) => client.totp.verify({ code }),
  enrolment: true,
}

export const passkey: CeremonyMethod = {
  id: 'PASSKEY',
  name: 'passkey',
  english: PASSKEY,
  kind: 'ceremony',
  icon: icons.PASSKEY,
  several: true,
  async isHere(client, token) {
    const userId = userOf(token)
    if (userId === undefined) return false
    const loaded = await ceremonies().catch(() => undefined)
    return (await loaded?.isPasskeyHere(client, userId)) === true
  },
  enrolment: true,
}

export const securityKey: CeremonyMethod = {
  id: 'SECURITY_KEY',
  name: 'securityKey',
  english: SECURITY_KEY,
  kind: 'ceremony',
  icon: icons.KEY,
  several: true,
  enrolment: true,
}

export const push: WaitMethod = {
  id: 'PUSH',
  name: 'push',
  english: PUSH,
  kind: 'wait',
  icon: icons.PHONE,
  send: (client, { actionCode }) => client.push.challenge({ action: actionCode }),
  wait: (client, { challengeId = '' }, signal) => client.push.waitForResult({ challengeId, signal }),
}

export const qrCode: ScanMethod = {
  id: 'DEVICE',
  name: 'qrCode',
  english: QR_CODE,
  kind: 'scan',
  icon: icons.QR_CODE,
}

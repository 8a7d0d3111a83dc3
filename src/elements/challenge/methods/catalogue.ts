/**
 * The methods that have screens, each a constant of its own: an app bundles those that it names. No other file knows a method by name, except for its texts in `wording/`.
 *
 * @module
 */

import { EMAIL, EMAIL_ML, PASSKEY, PUSH, SECURITY_KEY, SMS, TOTP, WHATSAPP } from '../wording/english.js'
import { emailAddress, phoneNumber } from './input.js'
import type { CeremonyMethod, CodeMethod, WaitMethod } from './kinds.js'

export const sms: CodeMethod = {
  id: 'SMS',
  name: 'sms',
  english: SMS,
  kind: 'code',
  icon: 'message',
  contact: 'phoneNumber',
  send: client => client.sms.challenge(),
  verify: (client, code) => client.sms.verify({ code }),
  enrolment: {
    kind: 'contact',
    name: 'sms',
    field: 'phoneNumber',
    consent: true,
    attributes: { name: 'tel', autocomplete: 'tel', inputMode: 'tel' },
    parse: phoneNumber,
    enroll: (client, value) => client.sms.enroll({ phoneNumber: value }),
  },
}

export const whatsapp: CodeMethod = {
  id: 'WHATSAPP',
  name: 'whatsapp',
  english: WHATSAPP,
  kind: 'code',
  icon: 'whatsapp',
  contact: 'phoneNumber',
  send: client => client.whatsapp.challenge(),
  verify: (client, code) => client.whatsapp.verify({ code }),
}

export const email: CodeMethod = {
  id: 'EMAIL_OTP',
  name: 'email',
  english: EMAIL,
  kind: 'code',
  icon: 'mail',
  contact: 'email',
  send: client => client.email.challenge(),
  verify: (client, code) => client.email.verify({ code }),
  enrolment: {
    kind: 'contact',
    name: 'email',
    field: 'emailAddress',
    attributes: { name: 'email', autocomplete: 'email', inputMode: 'email' },
    parse: emailAddress,
    enroll: (client, value) => client.email.enroll({ email: value }),
  },
}

export const emailML: WaitMethod = {
  id: 'EMAIL_MAGIC_LINK',
  name: 'emailML',
  english: EMAIL_ML,
  kind: 'wait',
  icon: 'link',
  contact: 'email',
  send: client => client.emailML.challenge(),
  wait: (client, _, signal) => client.emailML.checkVerificationStatus({ signal }),
  enrolment: {
    kind: 'contact',
    name: 'emailML',
    field: 'emailAddress',
    attributes: { name: 'email', autocomplete: 'email', inputMode: 'email' },
    parse: emailAddress,
    enroll: (client, value) => client.emailML.enroll({ email: value }),
  },
}

export const totp: CodeMethod = {
  id: 'AUTHENTICATOR_APP',
  name: 'totp',
  english: TOTP,
  kind: 'code',
  icon: 'app',
  verify: (client, code) => client.totp.verify({ code }),
  enrolment: {
    kind: 'app',
    enroll: client => client.totp.enroll(),
  },
}

export const passkey: CeremonyMethod = {
  id: 'PASSKEY',
  name: 'passkey',
  english: PASSKEY,
  kind: 'ceremony',
  icon: 'passkey',
  several: true,
  isHere: (client, userId) => client.passkey.isAvailableOnDevice({ userId }),
  challenge: {
    perform: (client, signal) => client.passkey.signIn({ token: client.session.token, signal }),
  },
  enrolment: {
    perform: (client, signal) => client.passkey.signUp({ signal }),
  },
}

export const securityKey: CeremonyMethod = {
  id: 'SECURITY_KEY',
  name: 'securityKey',
  english: SECURITY_KEY,
  kind: 'ceremony',
  icon: 'key',
  several: true,
  challenge: {
    perform: (client, signal) => client.securityKey.verify({ signal }),
  },
  enrolment: {
    perform: (client, signal) => client.securityKey.enroll({ hints: ['security-key'], signal }),
  },
}

export const push: WaitMethod = {
  id: 'PUSH',
  name: 'push',
  english: PUSH,
  kind: 'wait',
  icon: 'phone',
  send: (client, { actionCode }) => client.push.challenge({ action: actionCode }),
  wait: (client, { challengeId = '' }, signal) => client.push.waitForResult({ challengeId, signal }),
}

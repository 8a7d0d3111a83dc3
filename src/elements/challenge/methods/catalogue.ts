/**
 * The methods that have screens. No other file knows a method by name, except for its texts in
 * `wording/methods.ts`.
 *
 * @module
 */

import {
  AUTHENTICATOR_APP,
  EMAIL_MAGIC_LINK,
  EMAIL_OTP,
  PASSKEY,
  PUSH,
  SECURITY_KEY,
  SMS,
  WHATSAPP,
} from '../wording/methods.js'
import { emailAddress, phoneNumber } from './input.js'
import type { Method } from './kinds.js'

export const METHODS: readonly Method[] = [
  {
    ...SMS,
    id: 'SMS',
    kind: 'code',
    icon: 'message',
    contact: 'phoneNumber',
    send: client => client.sms.challenge(),
    verify: (client, code) => client.sms.verify({ code }),
    enrolment: {
      ...SMS.enrolment,
      kind: 'contact',
      attributes: { type: 'tel' },
      parse: phoneNumber,
      enroll: (client, value) => client.sms.enroll({ phoneNumber: value }),
    },
  },
  {
    ...WHATSAPP,
    id: 'WHATSAPP',
    kind: 'code',
    icon: 'whatsapp',
    contact: 'phoneNumber',
    send: client => client.whatsapp.challenge(),
    verify: (client, code) => client.whatsapp.verify({ code }),
  },
  {
    ...EMAIL_OTP,
    id: 'EMAIL_OTP',
    kind: 'code',
    icon: 'mail',
    contact: 'email',
    send: client => client.email.challenge(),
    verify: (client, code) => client.email.verify({ code }),
    enrolment: {
      ...EMAIL_OTP.enrolment,
      kind: 'contact',
      attributes: { type: 'email' },
      parse: emailAddress,
      enroll: (client, value) => client.email.enroll({ email: value }),
    },
  },
  {
    ...EMAIL_MAGIC_LINK,
    id: 'EMAIL_MAGIC_LINK',
    kind: 'wait',
    icon: 'link',
    contact: 'email',
    send: client => client.emailML.challenge(),
    wait: (client, _, signal) => client.emailML.checkVerificationStatus({ signal }),
    enrolment: {
      ...EMAIL_MAGIC_LINK.enrolment,
      kind: 'contact',
      attributes: { type: 'email' },
      parse: emailAddress,
      enroll: (client, value) => client.emailML.enroll({ email: value }),
    },
  },
  {
    ...AUTHENTICATOR_APP,
    id: 'AUTHENTICATOR_APP',
    kind: 'code',
    icon: 'app',
    verify: (client, code) => client.totp.verify({ code }),
    enrolment: {
      ...AUTHENTICATOR_APP.enrolment,
      kind: 'app',
      enroll: client => client.totp.enroll(),
    },
  },
  {
    ...PASSKEY,
    id: 'PASSKEY',
    kind: 'ceremony',
    icon: 'passkey',
    several: true,
    challenge: {
      ...PASSKEY.challenge,
      perform: (client, signal) => client.passkey.signIn({ token: client.session.token, signal }),
    },
    enrolment: {
      ...PASSKEY.enrolment,
      perform: (client, signal) => client.passkey.signUp({ signal }),
    },
  },
  {
    ...SECURITY_KEY,
    id: 'SECURITY_KEY',
    kind: 'ceremony',
    icon: 'key',
    several: true,
    challenge: {
      ...SECURITY_KEY.challenge,
      perform: (client, signal) => client.securityKey.verify({ signal }),
    },
    enrolment: {
      ...SECURITY_KEY.enrolment,
      perform: (client, signal) => client.securityKey.enroll({ hints: ['security-key'], signal }),
    },
  },
  {
    ...PUSH,
    id: 'PUSH',
    kind: 'wait',
    icon: 'phone',
    send: (client, { actionCode }) => client.push.challenge({ action: actionCode }),
    wait: (client, { challengeId = '' }, signal) => client.push.waitForResult({ challengeId, signal }),
  },
]

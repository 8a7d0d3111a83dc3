/**
 * The ways to prove who one is that this page offers: one entry each, and nothing elsewhere knows
 * them by name.
 *
 * What an entry consists of is in `method.ts`; which of them a user is offered is decided in `plan.ts`.
 *
 * @module
 */

import { emailAddress, phoneNumber } from './input.js'
import type { Field, Method } from './kinds.js'

const WRONG_MESSAGE = 'That code is wrong or has expired. Check the latest one we sent.'

const EMAIL_FIELD = {
  label: 'Email address',
  attributes: { type: 'email' },
  parse: emailAddress,
  invalid: 'Enter an email address, like name@example.com.',
} as const satisfies Partial<Field>

export const METHODS: readonly Method[] = [
  {
    id: 'SMS',
    kind: 'code',
    label: 'Text message',
    hint: 'A code to your phone',
    noun: 'phone number',
    icon: 'message',
    contact: 'phoneNumber',
    codes: { by: 'by text message', send: client => client.sms.challenge() },
    wrong: WRONG_MESSAGE,
    verify: (client, code) => client.sms.verify({ code }),
    enrolment: {
      kind: 'contact',
      title: 'Add your phone number',
      lead: 'We will text you a code to check that the number is yours.',
      field: {
        label: 'Phone number',
        hint: 'With the country code, like +44\u00a07700\u00a0900123.',
        attributes: { type: 'tel' },
        parse: phoneNumber,
        invalid: 'Enter a phone number that starts with + and the country code.',
        refused: 'We cannot send a code to this number. Check it, or use a different one.',
      },
      submit: 'Send code',
      enroll: (client, value) => client.sms.enroll({ phoneNumber: value }),
      consent:
        'I agree to get verification codes by text message at this number. Message and data rates may apply.',
    },
  },
  {
    id: 'WHATSAPP',
    kind: 'code',
    label: 'WhatsApp',
    noun: 'WhatsApp number',
    icon: 'whatsapp',
    contact: 'phoneNumber',
    codes: { by: 'by WhatsApp', send: client => client.whatsapp.challenge() },
    wrong: WRONG_MESSAGE,
    verify: (client, code) => client.whatsapp.verify({ code }),
  },
  {
    id: 'EMAIL_OTP',
    kind: 'code',
    label: 'Email',
    hint: 'A code to your inbox',
    noun: 'email address',
    icon: 'mail',
    contact: 'email',
    codes: { by: 'by email', send: client => client.email.challenge() },
    wrong: WRONG_MESSAGE,
    verify: (client, code) => client.email.verify({ code }),
    enrolment: {
      kind: 'contact',
      title: 'Add your email address',
      lead: 'We will email you a code to check that the address is yours.',
      field: {
        ...EMAIL_FIELD,
        refused: 'We cannot send a code to this address. Check it, or use a different one.',
      },
      submit: 'Send code',
      enroll: (client, value) => client.email.enroll({ email: value }),
    },
  },
  {
    id: 'EMAIL_MAGIC_LINK',
    kind: 'wait',
    label: 'Link by email',
    hint: 'Nothing to type',
    noun: 'email address for links',
    icon: 'link',
    contact: 'email',
    title: 'Check your email',
    sends: { one: 'a link', many: 'links' },
    to: 'your email address',
    instruction: 'Open it on this device or any other: this page goes on by itself.',
    waiting: 'Waiting for you to open it…',
    resend: 'Resend link',
    resent: 'New link sent.',
    send: client => client.emailML.challenge(),
    wait: (client, _, signal) => client.emailML.checkVerificationStatus({ signal }),
    enrolment: {
      kind: 'contact',
      title: 'Add your email address',
      lead: 'We will email you a link to check that the address is yours.',
      field: {
        ...EMAIL_FIELD,
        refused: 'We cannot send a link to this address. Check it, or use a different one.',
      },
      submit: 'Send link',
      enroll: (client, value) => client.emailML.enroll({ email: value }),
    },
  },
  {
    id: 'AUTHENTICATOR_APP',
    kind: 'code',
    label: 'Authenticator app',
    hint: 'A code from your app',
    noun: 'authenticator app',
    icon: 'app',
    codes: { instruction: 'Open your authenticator app and enter the code it shows.' },
    wrong: 'That code is wrong or was used already. Enter the one your app shows now.',
    verify: (client, code) => client.totp.verify({ code }),
    enrolment: {
      kind: 'app',
      title: 'Scan the QR code',
      lead: 'Scan it with your authenticator app. If you cannot, enter the key there.',
      enroll: client => client.totp.enroll(),
    },
  },
  {
    id: 'PASSKEY',
    kind: 'ceremony',
    label: 'Passkey',
    hint: 'Fingerprint, face or PIN',
    noun: 'passkey',
    icon: 'passkey',
    several: true,
    challenge: {
      title: 'Use your passkey',
      lead: 'Your device will ask for your fingerprint, face or screen lock.',
      button: 'Use a passkey',
      perform: (client, signal) => client.passkey.signIn({ token: client.session.token, signal }),
    },
    enrolment: {
      kind: 'ceremony',
      title: 'Add a passkey',
      lead: 'Next time your fingerprint, face or screen lock is all you need.',
      button: 'Add a passkey',
      perform: (client, signal) => client.passkey.signUp({ signal }),
    },
  },
  {
    id: 'SECURITY_KEY',
    kind: 'ceremony',
    label: 'Security key',
    hint: 'Plug it in or tap it',
    noun: 'security key',
    icon: 'key',
    several: true,
    challenge: {
      title: 'Use your security key',
      lead: 'Have it ready. Plug it in or tap it when your browser asks.',
      button: 'Use a security key',
      perform: (client, signal) => client.securityKey.verify({ signal }),
    },
    enrolment: {
      kind: 'ceremony',
      title: 'Add a security key',
      lead: 'Have it ready. Plug it in or tap it when your browser asks.',
      button: 'Add a security key',
      perform: (client, signal) => client.securityKey.enroll({ hints: ['security-key'], signal }),
    },
  },
  {
    id: 'PUSH',
    kind: 'wait',
    label: 'Push notification',
    hint: 'Approve on your phone',
    noun: 'phone',
    icon: 'phone',
    title: 'Approve on your phone',
    sends: { one: 'a request', many: 'requests' },
    to: 'your phone',
    instruction: 'Open it there and approve.',
    waiting: 'Waiting for your answer…',
    resend: 'Send again',
    resent: 'New request sent.',
    send: (client, { actionCode }) => client.push.challenge({ action: actionCode }),
    wait: (client, { challengeId = '' }, signal) => client.push.waitForResult({ challengeId, signal }),
  },
]

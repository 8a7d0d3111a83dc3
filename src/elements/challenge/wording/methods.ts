/**
 * The texts of each method. What they are for is in `methods/kinds.ts`.
 *
 * @module
 */

import { WRONG_CODE } from './problems.js'

const EMAIL_FIELD = {
  label: 'Email address',
  invalid: 'Enter an email address, like name@example.com.',
}

export const SMS = {
  label: 'Text message',
  hint: 'A code to your phone',
  noun: 'phone number',
  by: 'by text message',
  wrong: WRONG_CODE.sent,
  enrolment: {
    title: 'Add your phone number',
    lead: 'We will text you a code to check that the number is yours.',
    field: {
      label: 'Phone number',
      hint: 'With the country code, like +44\u00a07700\u00a0900123.',
      invalid: 'Enter a phone number that starts with + and the country code.',
      refused: 'We cannot send a code to this number. Check it, or use a different one.',
    },
    submit: 'Send code',
    consent:
      'I agree to get verification codes by text message at this number. Message and data rates may apply.',
  },
}

export const WHATSAPP = {
  label: 'WhatsApp',
  noun: 'WhatsApp number',
  by: 'by WhatsApp',
  wrong: WRONG_CODE.sent,
}

export const EMAIL_OTP = {
  label: 'Email',
  hint: 'A code to your inbox',
  noun: 'email address',
  by: 'by email',
  wrong: WRONG_CODE.sent,
  enrolment: {
    title: 'Add your email address',
    lead: 'We will email you a code to check that the address is yours.',
    field: {
      ...EMAIL_FIELD,
      refused: 'We cannot send a code to this address. Check it, or use a different one.',
    },
    submit: 'Send code',
  },
}

export const EMAIL_MAGIC_LINK = {
  label: 'Link by email',
  hint: 'Nothing to type',
  noun: 'email address for links',
  title: 'Check your email',
  sends: { one: 'a link', many: 'links' },
  to: 'your email address',
  instruction: 'Open it on any device. This page then continues by itself.',
  waiting: 'Waiting for you to open the link…',
  resend: 'Resend link',
  resent: 'New link sent.',
  enrolment: {
    title: 'Add your email address',
    lead: 'We will email you a link to check that the address is yours.',
    field: {
      ...EMAIL_FIELD,
      refused: 'We cannot send a link to this address. Check it, or use a different one.',
    },
    submit: 'Send link',
  },
}

export const AUTHENTICATOR_APP = {
  label: 'Authenticator app',
  hint: 'A code from your app',
  noun: 'authenticator app',
  instruction: 'Open your authenticator app and enter the code it shows.',
  wrong: WRONG_CODE.app,
  enrolment: {
    title: 'Scan the QR code',
    lead: 'Scan it with your authenticator app. If you cannot, enter the key in the app.',
  },
}

export const PASSKEY = {
  label: 'Passkey',
  hint: 'Fingerprint, face or PIN',
  noun: 'passkey',
  challenge: {
    title: 'Use your passkey',
    lead: 'Your device will ask for your fingerprint, face or screen lock.',
    button: 'Use a passkey',
  },
  enrolment: {
    title: 'Add a passkey',
    lead: 'Next time, use your fingerprint, face or screen lock.',
    button: 'Add a passkey',
  },
}

const HAVE_KEY_READY = 'Have it ready. Plug it in or tap it when your browser asks.'

export const SECURITY_KEY = {
  label: 'Security key',
  hint: 'Plug it in or tap it',
  noun: 'security key',
  challenge: { title: 'Use your security key', lead: HAVE_KEY_READY, button: 'Use a security key' },
  enrolment: { title: 'Add a security key', lead: HAVE_KEY_READY, button: 'Add a security key' },
}

export const PUSH = {
  label: 'Push notification',
  hint: 'Approve on your phone',
  noun: 'phone',
  title: 'Approve on your phone',
  sends: { one: 'a request', many: 'requests' },
  to: 'your phone',
  instruction: 'Open it there and approve.',
  waiting: 'Waiting for your response…',
  resend: 'Send again',
  resent: 'New request sent.',
}

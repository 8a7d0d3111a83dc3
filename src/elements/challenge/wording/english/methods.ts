/**
 * The English texts of each method, a constant each: an app bundles those of its methods only.
 *
 * @module
 */

export const SMS = {
  'sms.label': 'Text message',
  'sms.sentTo': 'We sent a code to {contact} by text message.',
} as const

export const WHATSAPP = {
  'whatsapp.label': 'WhatsApp',
  'whatsapp.sentTo': 'We sent a code to {contact} by WhatsApp.',
} as const

export const EMAIL = {
  'email.label': 'Email',
  'email.sentTo': 'We sent a code to {contact} by email.',
} as const

export const EMAIL_ML = {
  'emailML.label': 'Link by email',
  'emailML.title': 'Check your email',
  'emailML.sending': 'Sending a link…',
  'emailML.sendingTo': 'Sending a link to {contact}…',
  'emailML.sent':
    'We sent a link to your email address. Open it on any device. This page then continues by itself.',
  'emailML.sentTo': 'We sent a link to {contact}. Open it on any device. This page then continues by itself.',
  'emailML.failed': 'We could not send a link to your email address.',
  'emailML.failedTo': 'We could not send a link to {contact}.',
  'emailML.waiting': 'Waiting for you to open the link…',
  'emailML.resend': 'Resend link',
  'emailML.resendIn': 'Resend link in {clock}',
  'emailML.resent': 'New link sent.',
  'emailML.tooMany':
    'Too many links were sent. You can request a new one {wait}. The last one may still work.',
  'emailML.noResponse': 'There was no response in time. Send a new link.',
} as const

export const TOTP = {
  'totp.label': 'Authenticator app',
  'totp.instruction': 'Open your authenticator app and enter the code it shows.',
  'totp.wrong': 'That code is wrong or was used already. Enter the one your app shows now.',
} as const

export const PASSKEY = {
  'passkey.label': 'Passkey',
} as const

export const SECURITY_KEY = {
  'securityKey.label': 'Security key',
} as const

export const PUSH = {
  'push.label': 'Push notification',
  'push.title': 'Approve on your phone',
  'push.sending': 'Sending a request to your phone…',
  'push.sendingTo': 'Sending a request to {contact}…',
  'push.sent': 'We sent a request to your phone. Open it there and approve.',
  'push.sentTo': 'We sent a request to {contact}. Open it there and approve.',
  'push.failed': 'We could not send a request to your phone.',
  'push.failedTo': 'We could not send a request to {contact}.',
  'push.waiting': 'Waiting for your response…',
  'push.resend': 'Send again',
  'push.resendIn': 'Send again in {clock}',
  'push.resent': 'New request sent.',
  'push.tooMany':
    'Too many requests were sent. You can request a new one {wait}. The last one may still work.',
  'push.noResponse': 'There was no response in time. Send a new request.',
} as const

export const QR_CODE = {
  'qrCode.label': 'QR code',
} as const

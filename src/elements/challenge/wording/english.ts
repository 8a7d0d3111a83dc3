/**
 * Every text of the challenge, in English: the language that is built in. The other languages are in `locales/`.
 *
 * The texts of each method are a constant of their own, so that an app bundles those of its methods only. How
 * placeholders such as `{contact}` are filled is in `words.ts`.
 *
 * @module
 */

/** The texts that do not depend on the method. */
export const COMMON = {
  tryAgain: 'Try again',
  back: 'Back',
  useOther: 'Use another method',
  cancel: 'Cancel',
  notNow: 'Not now',
  close: 'Close',
  goBack: 'Go back',
  continue: 'Continue',

  loading: 'Loading…',
  stillLoading: 'This takes longer than usual. Please wait.',

  // The method is chosen: to verify with, the first one, a further one.
  'choose.challenge.title': 'Confirm it’s you',
  'choose.challenge.lead': 'Choose one of your methods.',
  'choose.enrol.title': 'Set up verification',
  'choose.enrol.lead': 'Choose how you will confirm it’s you from now on.',
  'choose.add.title': 'Add a method',
  'choose.add.lead': 'Choose another way to confirm it’s you.',
  'choose.setUpAnother': 'Set up another method',

  // A phone number or email address is entered.
  'phoneNumber.label': 'Phone number',
  'phoneNumber.hint': 'With the country code, like {example}.',
  'phoneNumber.invalid': 'Enter a phone number that starts with + and the country code.',
  'phoneNumber.refused': 'We cannot send a code to this number. Check it, or use a different one.',
  'phoneNumber.change': 'Change number',
  'emailAddress.label': 'Email address',
  'emailAddress.invalid': 'Enter an email address, like {example}.',
  'emailAddress.refused': 'We cannot send a message to this address. Check it, or use a different one.',
  'emailAddress.change': 'Change address',

  // A code is entered.
  'code.title': 'Enter the code',
  'code.label': { one: '{count}-digit code', other: '{count}-digit code' },
  'code.incomplete': {
    one: 'Enter the {count} digit of the code.',
    other: 'Enter the {count} digits of the code.',
  },
  'code.send': 'Send code',
  'code.sending': 'Sending a code…',
  'code.sendingTo': 'Sending a code to {contact}…',
  'code.sent': 'We sent you a code.',
  'code.failed': 'We could not send you a code.',
  'code.failedTo': 'We could not send a code to {contact}.',
  'code.checking': 'Checking…',
  'code.resend': 'Resend code',
  'code.resendIn': 'Resend code in {clock}',
  'code.lockedFor': 'Try again in {clock}',
  'code.resent': 'New code sent.',
  'code.wrong': 'That code is wrong or has expired. Check the latest one we sent.',
  'code.locked': 'Too many wrong codes. Try again {wait}.',
  'code.lockedUseOther': 'Too many wrong codes. Try again {wait}, or use another method.',
  'code.tooMany': 'Too many codes were sent. You can request a new one {wait}. The last one may still work.',

  'resend.lead': 'Didn’t get it?',
  sending: 'Sending…',

  'ceremony.running': 'Waiting for your device…',

  // The user's methods are listed.
  'settings.title': 'Your methods',
  'settings.lead': 'Ways to confirm it’s you.',
  'settings.empty': 'You have no method yet.',
  'settings.add': 'Add a method',
  'settings.remove': 'Remove',
  'settings.removeMethod': 'Remove {method}',
  'settings.removeNamed': 'Remove {method} {name}',
  'settings.done': 'Done',
  'settings.default': 'Default',
  'settings.added': '{method} added.',
  'settings.removed': '{method} removed.',
  'settings.history': 'Added {added}',
  'settings.historyUsed': 'Added {added}, used {used}',

  // A method is removed.
  'removal.last': 'It is your only method. Next time you will have to set up a new one.',
  'removal.lastNamed':
    '{name} will be removed from your account. It is your only method. Next time you will have to set up a new one.',
  'removal.other': 'You can then no longer use it to confirm it’s you.',
  'removal.otherNamed':
    '{name} will be removed from your account. You can then no longer use it to confirm it’s you.',
  'removal.remove': 'Remove',
  'removal.removing': 'Removing…',
  'removal.keep': 'Keep it',

  // The end.
  'ended.verified': 'Verified',
  'ended.cancelled': 'Cancelled',
  'ended.close': 'You can close this window.',
  'ended.return': 'Taking you back…',
  'ended.none': 'You can close this page.',

  // The challenge cannot start or cannot continue.
  'notice.incomplete.title': 'This link is incomplete',
  'notice.incomplete.lead': 'Part of the address is missing. Go back to the app and start again.',
  'notice.invalid.title': 'This link does not work',
  'notice.invalid.lead': 'It may have been cut off when it was copied. Go back to the app and start again.',
  'notice.expired.title': 'Your session expired',
  'notice.expired.lead': 'Sessions are short to keep your account safe. Go back to the app and start again.',
  'notice.blocked.title': 'This request was declined',
  'notice.blocked.lead':
    'It cannot continue. If you think this is a mistake, contact the support of the app you came from.',
  'notice.inReview.title': 'This request is in review',
  'notice.inReview.lead':
    'You do not need to do anything now. The app you came from will tell you the result.',
  'notice.rejected.title': 'You rejected this request',
  'notice.rejected.lead':
    'It cannot continue. If you did not start it, contact the support of the app you came from.',
  'notice.noMethod.title': 'We cannot verify you yet',
  'notice.noMethod.lead':
    'Your account has no method that works here. Contact the support of the app you came from.',
  'notice.offline.title': 'No connection',
  'notice.offline.lead': 'Check your network, then try again.',
  'notice.failed.title': 'This page could not be loaded',

  // A call failed: by `errorCode`.
  'error.network_error': 'No connection. Check your network, then try again.',
  'error.timeout': 'No response in time. Check your network, then try again.',
  'error.too_many_requests': 'Too many attempts. Try again {wait}.',
  'error.forbidden': 'This session does not allow that. Go back to the app and start again.',
  'error.not_found': 'This is no longer available. Go back to the app and start again.',
  'error.server_error': 'The service is not available right now. Try again {wait}.',
  'error.anyOther': 'Something went wrong. Try again in a moment.',
} as const

export const SMS = {
  'sms.label': 'Text message',
  'sms.hint': 'A code to your phone',
  'sms.sentTo': 'We sent a code to {contact} by text message.',
  'sms.remove': 'Remove this phone number?',
  'sms.add.title': 'Add your phone number',
  'sms.add.lead': 'We will text you a code to check that the number is yours.',
  'sms.consent':
    'I agree to get verification codes by text message at this number. Message and data rates may apply.',
  'sms.consentMissing': 'Tick this box to get a code by text message.',
} as const

export const WHATSAPP = {
  'whatsapp.label': 'WhatsApp',
  'whatsapp.hint': 'A code to your WhatsApp',
  'whatsapp.unavailable': 'Not possible yet: your account has no WhatsApp number.',
  'whatsapp.sentTo': 'We sent a code to {contact} by WhatsApp.',
  'whatsapp.remove': 'Remove this WhatsApp number?',
} as const

export const EMAIL = {
  'email.label': 'Email',
  'email.hint': 'A code to your inbox',
  'email.sentTo': 'We sent a code to {contact} by email.',
  'email.remove': 'Remove this email address?',
  'email.add.title': 'Add your email address',
  'email.add.lead': 'We will email you a code to check that the address is yours.',
} as const

export const EMAIL_ML = {
  'emailML.label': 'Link by email',
  'emailML.hint': 'Nothing to type',
  'emailML.title': 'Check your email',
  'emailML.send': 'Send link',
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
  'emailML.remove': 'Remove this email address for links?',
  'emailML.add.title': 'Add your email address',
  'emailML.add.lead': 'We will email you a link to check that the address is yours.',
} as const

export const TOTP = {
  'totp.label': 'Authenticator app',
  'totp.hint': 'A code from your app',
  'totp.instruction': 'Open your authenticator app and enter the code it shows.',
  'totp.wrong': 'That code is wrong or was used already. Enter the one your app shows now.',
  'totp.remove': 'Remove this authenticator app?',
  'totp.add.title': 'Scan the QR code',
  'totp.add.lead': 'Scan it with your authenticator app. If you cannot, enter the key in the app.',
  'totp.picture': 'QR code for your authenticator app',
  'totp.key': 'Key',
  'totp.copy': 'Copy key',
  'totp.copied': 'Copied',
  'totp.notCopied': 'Select it to copy',
} as const

export const PASSKEY = {
  'passkey.label': 'Passkey',
  'passkey.hint': 'Fingerprint, face or PIN',
  'passkey.challenge.title': 'Use your passkey',
  'passkey.challenge.lead': 'Your device will ask for your fingerprint, face or screen lock.',
  'passkey.challenge.button': 'Use a passkey',
  'passkey.enrolment.title': 'Add a passkey',
  'passkey.enrolment.lead': 'Next time, use your fingerprint, face or screen lock.',
  'passkey.enrolment.button': 'Add a passkey',
  'passkey.remove': 'Remove this passkey?',
  'passkey.unsupported': 'This browser cannot use a passkey here.',
  'passkey.added': 'You have already added this passkey.',
  'passkey.wrongAddress': 'A passkey does not work at this address.',
  'passkey.unsuitable': 'Your choice cannot be used as a passkey. Try a different one.',
  'passkey.notUsed': 'It was cancelled, it took too long, or you have no passkey here.',
  'passkey.notAdded': 'No passkey was added: it was cancelled or took too long.',
  'passkey.notAddedFramed':
    'No passkey was added: it was cancelled or took too long. If it fails again, choose another method.',
  'passkey.notLinked': 'This passkey is not linked to your account. Use a different one.',
  'passkey.timeout': 'It took too long.',
} as const

export const SECURITY_KEY = {
  'securityKey.label': 'Security key',
  'securityKey.hint': 'Plug it in or tap it',
  'securityKey.challenge.title': 'Use your security key',
  'securityKey.challenge.lead': 'Have it ready. Plug it in or tap it when your browser asks.',
  'securityKey.challenge.button': 'Use a security key',
  'securityKey.enrolment.title': 'Add a security key',
  'securityKey.enrolment.lead': 'Have it ready. Plug it in or tap it when your browser asks.',
  'securityKey.enrolment.button': 'Add a security key',
  'securityKey.remove': 'Remove this security key?',
  'securityKey.unsupported': 'This browser cannot use a security key here.',
  'securityKey.added': 'You have already added this security key.',
  'securityKey.wrongAddress': 'A security key does not work at this address.',
  'securityKey.unsuitable': 'Your choice cannot be used as a security key. Try a different one.',
  'securityKey.notUsed': 'It was cancelled, it took too long, or you have no security key here.',
  'securityKey.notAdded': 'No security key was added: it was cancelled or took too long.',
  'securityKey.notAddedFramed':
    'No security key was added: it was cancelled or took too long. If it fails again, choose another method.',
  'securityKey.notLinked': 'This security key is not linked to your account. Use a different one.',
  'securityKey.timeout': 'It took too long.',
} as const

export const PUSH = {
  'push.label': 'Push notification',
  'push.hint': 'Approve on your phone',
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
  'push.remove': 'Remove this phone?',
} as const

/**
 * The English texts for adding a method, which load with it.
 *
 * @module
 */

export const ENROLMENT = {
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
  'code.send': 'Send code',
  'sms.add.title': 'Add your phone number',
  'sms.add.lead': 'We will text you a code to check that the number is yours.',
  'sms.consent':
    'I agree to get verification codes by text message at this number. Message and data rates may apply.',
  'sms.consentMissing': 'Tick this box to get a code by text message.',
  'whatsapp.unavailable': 'Not possible yet: your account has no WhatsApp number.',
  'email.add.title': 'Add your email address',
  'email.add.lead': 'We will email you a code to check that the address is yours.',
  'emailML.send': 'Send link',
  'emailML.add.title': 'Add your email address',
  'emailML.add.lead': 'We will email you a link to check that the address is yours.',
  'totp.add.title': 'Scan the QR code',
  'totp.add.lead': 'Scan it with your authenticator app. If you cannot, enter the key in the app.',
  'totp.picture': 'QR code for your authenticator app',
  'totp.key': 'Key',
  'totp.copy': 'Copy key',
  'totp.copied': 'Copied',
  'totp.notCopied': 'Select it to copy',
  'passkey.enrolment.title': 'Add a passkey',
  'passkey.enrolment.lead': 'Next time, use your fingerprint, face or screen lock.',
  'passkey.enrolment.button': 'Add a passkey',
  'passkey.added': 'You have already added this passkey.',
  'passkey.unsuitable': 'Your choice cannot be used as a passkey. Try a different one.',
  'passkey.notAdded': 'No passkey was added: it was cancelled or took too long.',
  'passkey.notAddedFramed':
    'No passkey was added: it was cancelled or took too long. If it fails again, choose another method.',
  'securityKey.enrolment.title': 'Add a security key',
  'securityKey.enrolment.lead': 'Have it ready. Plug it in or tap it when your browser asks.',
  'securityKey.enrolment.button': 'Add a security key',
  'securityKey.added': 'You have already added this security key.',
  'securityKey.unsuitable': 'Your choice cannot be used as a security key. Try a different one.',
  'securityKey.notAdded': 'No security key was added: it was cancelled or took too long.',
  'securityKey.notAddedFramed':
    'No security key was added: it was cancelled or took too long. If it fails again, choose another method.',
} as const

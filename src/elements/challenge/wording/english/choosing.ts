/**
 * The English texts of the list of methods, which loads with it.
 *
 * @module
 */

export const CHOOSING = {
  // The method is chosen: to verify with, the first one, a further one.
  'choose.challenge.title': 'Confirm it’s you',
  'choose.challenge.lead': 'Choose one of your methods.',
  'choose.enrol.title': 'Set up verification',
  'choose.enrol.lead': 'Choose how you will confirm it’s you from now on.',
  'choose.add.title': 'Add a method',
  'choose.add.lead': 'Choose another way to confirm it’s you.',
  'choose.setUpAnother': 'Set up another method',
  'sms.hint': 'A code to your phone',
  'whatsapp.hint': 'A code to your WhatsApp',
  'email.hint': 'A code to your inbox',
  'emailML.hint': 'Nothing to type',
  'totp.hint': 'A code from your app',
  'passkey.hint': 'Fingerprint, face or PIN',
  'securityKey.hint': 'Plug it in or tap it',
  'push.hint': 'Approve on your phone',
  'qrCode.hint': 'Scan it with your phone',
} as const

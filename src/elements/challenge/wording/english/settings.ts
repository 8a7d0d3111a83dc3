/**
 * The English texts of the settings, which load with them.
 *
 * @module
 */

export const SETTINGS = {
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
  'sms.remove': 'Remove this phone number?',
  'whatsapp.remove': 'Remove this WhatsApp number?',
  'email.remove': 'Remove this email address?',
  'emailML.remove': 'Remove this email address for links?',
  'totp.remove': 'Remove this authenticator app?',
  'passkey.remove': 'Remove this passkey?',
  'securityKey.remove': 'Remove this security key?',
  'push.remove': 'Remove this phone?',
  'qrCode.remove': 'Remove this phone for QR codes?',
} as const

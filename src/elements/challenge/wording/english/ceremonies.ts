/**
 * The English texts of the prompt for a passkey or security key, which load with it.
 *
 * @module
 */

export const CEREMONIES = {
  'ceremony.running': 'Waiting for your device…',

  'passkey.challenge.title': 'Use your passkey',
  'passkey.challenge.lead': 'Your device will ask for your fingerprint, face or screen lock.',
  'passkey.challenge.button': 'Use a passkey',
  'passkey.unsupported': 'This browser cannot use a passkey here.',
  'passkey.wrongAddress': 'A passkey does not work at this address.',
  'passkey.notUsed': 'It was cancelled, it took too long, or you have no passkey here.',
  'passkey.notLinked': 'This passkey is not linked to your account. Use a different one.',
  'passkey.timeout': 'It took too long.',
  'securityKey.challenge.title': 'Use your security key',
  'securityKey.challenge.lead': 'Have it ready. Plug it in or tap it when your browser asks.',
  'securityKey.challenge.button': 'Use a security key',
  'securityKey.unsupported': 'This browser cannot use a security key here.',
  'securityKey.wrongAddress': 'A security key does not work at this address.',
  'securityKey.notUsed': 'It was cancelled, it took too long, or you have no security key here.',
  'securityKey.notLinked': 'This security key is not linked to your account. Use a different one.',
  'securityKey.timeout': 'It took too long.',
} as const

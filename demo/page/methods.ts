/**
 * What the service calls each verification method, and what people do.
 *
 * @module
 */

const labels: Readonly<Record<string, string>> = {
  SMS: 'SMS',
  WHATSAPP: 'WhatsApp',
  EMAIL_OTP: 'E-mail',
  EMAIL_MAGIC_LINK: 'Magic link',
  AUTHENTICATOR_APP: 'Authenticator app',
  PASSKEY: 'Passkey',
  SECURITY_KEY: 'Security key',
  PUSH: 'Push',
}

export function labelOf(verificationMethod: string): string {
  return labels[verificationMethod] ?? verificationMethod
}

/**
 * Every method, by name.
 *
 * @module
 */
import {
  email,
  emailML,
  onlyIfNamed,
  passkey,
  push,
  qrCode,
  securityKey,
  sms,
  totp,
  whatsapp,
} from './parts.js'

export const ALL = {
  sms,
  whatsapp,
  email,
  emailML,
  totp,
  passkey,
  securityKey,
  push,
  // Few users have an app for it, and the service does not say which.
  qrCode: onlyIfNamed(qrCode),
}

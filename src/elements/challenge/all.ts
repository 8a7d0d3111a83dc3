/**
 * Every method, by name.
 *
 * @module
 */
import { email, emailML, passkey, push, securityKey, sms, totp, whatsapp } from './parts.js'

export const ALL = { sms, whatsapp, email, emailML, totp, passkey, securityKey, push }

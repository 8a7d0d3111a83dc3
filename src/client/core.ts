/**
 * What the smaller script-tag file holds: one-time codes, magic links, the hosted page and
 * sentences for users.
 *
 * @module
 */

export { email } from './channels/email.js'
export { emailML } from './channels/email-magic-link.js'
export { sms } from './channels/sms.js'
export { totp } from './channels/totp.js'
export { whatsapp } from './channels/whatsapp.js'
export { createClient } from './client.js'
export { launch } from './launch/index.js'
export { AuthsignalWindowMessage } from './launch/messages.js'
export { handleRedirect } from './launch/redirect.js'
export { ErrorCode } from './response.js'
export { userMessage } from './user-message.js'

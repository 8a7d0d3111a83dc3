/**
 * What a browser returns for a new passkey or security key, in a shape that fits `@simplewebauthn/browser`
 * 13 and 14: version 14 widens `transports` to any string, and code typed with 13 would refuse that.
 *
 * @module
 */
import type { RegistrationResponseJSON as Newest } from '@simplewebauthn/browser'

/** The browser's `RegistrationResponseJSON`. */
export type RegistrationResponseJSON = Omit<Newest, 'response'> & {
  response: Omit<Newest['response'], 'transports'> & {
    transports?: ('ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb')[]
  }
}

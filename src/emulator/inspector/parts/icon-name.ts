/**
 * The names of the icons: one for each kind of message, and one for each other screen of the phone.
 *
 * @module
 */
export type IconName = 'SMS' | 'WHATSAPP' | 'EMAIL' | 'APPROVALS' | 'CODES'

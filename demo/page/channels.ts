/**
 * The channels of a scenario, and the names that people, the SDK and the API use for each.
 *
 * @module
 */

export interface Channel {
  /** Its name on the client: `authsignal.sms`. */
  readonly id: 'sms' | 'whatsapp' | 'email'
  readonly label: string
  /** As it reads in a sentence: sent by … */
  readonly by: string
  readonly verificationMethod: 'SMS' | 'WHATSAPP' | 'EMAIL_OTP'
  /** As the phone's messages say it. */
  readonly messageChannel: 'SMS' | 'WHATSAPP' | 'EMAIL'
  readonly addressLabel: string
  readonly addressInput:
    | { readonly type: 'tel'; readonly autocomplete: 'tel' }
    | { readonly type: 'email'; readonly autocomplete: 'email' }
  /** The field of the API that holds the address. */
  readonly addressField: 'phoneNumber' | 'email'
  readonly address: string
  /** Where the user moves to when the address changes. */
  readonly newAddress: string
}

const phone = {
  addressLabel: 'Phone number',
  addressInput: { type: 'tel', autocomplete: 'tel' },
  addressField: 'phoneNumber',
} as const

const whatsapp: Channel = {
  ...phone,
  id: 'whatsapp',
  label: 'WhatsApp',
  by: 'WhatsApp',
  verificationMethod: 'WHATSAPP',
  messageChannel: 'WHATSAPP',
  address: '+1 555 010 0001',
  newAddress: '+1 555 010 0002',
}

const sms: Channel = {
  ...phone,
  id: 'sms',
  label: 'SMS',
  by: 'SMS',
  verificationMethod: 'SMS',
  messageChannel: 'SMS',
  address: '+64 21 000 0001',
  newAddress: '+64 21 000 0002',
}

const email: Channel = {
  id: 'email',
  label: 'E-mail',
  by: 'e-mail',
  verificationMethod: 'EMAIL_OTP',
  messageChannel: 'EMAIL',
  addressLabel: 'E-mail address',
  addressInput: { type: 'email', autocomplete: 'email' },
  addressField: 'email',
  address: 'jane@example.com',
  newAddress: 'jane.doe@example.com',
}

/** The first one is preselected. */
export const channels: readonly [Channel, Channel, Channel] = [whatsapp, sms, email]

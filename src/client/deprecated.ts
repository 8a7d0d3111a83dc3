/**
 * Names that `@authsignal/browser` exports and that have better ones here: the import can change alone.
 *
 * @module
 */
import type { ChallengeState, QrCodeInput } from './channels/qr-code/index.js'
import { type WhatsappChannel, whatsapp } from './channels/whatsapp.js'
import type { ClientCore } from './client.js'
import { createContext } from './context.js'
import type { ClientOptions } from './options.js'

/**
 * A client with WhatsApp alone. It has a token of its own, where the original shares one with the page.
 *
 * @deprecated Use `createClient({ tenantId, channels: { whatsapp } })`.
 */
class WhatsappClient implements WhatsappChannel {
  /** Makes every later call use this token. */
  readonly setToken: ClientCore['setToken']
  readonly challenge: WhatsappChannel['challenge']
  readonly verify: WhatsappChannel['verify']

  /** @throws {TypeError} When an option is wrong; the message names it. */
  constructor(options: ClientOptions) {
    const { context } = createContext(options)
    const { challenge, verify } = whatsapp(context)
    this.setToken = context.setToken
    this.challenge = challenge
    this.verify = verify
  }
}

/** @deprecated Use `createClient({ tenantId, channels: { whatsapp } })`. */
export const Whatsapp = WhatsappClient
/** Also the type of `authsignal.whatsapp`, as with the original. */
export type Whatsapp = WhatsappChannel

/** @deprecated Options of an inner class of the original; use `QrCodeInput`. */
export type WebSocketQrCodeOptions = Pick<
  QrCodeInput,
  'action' | 'custom' | 'refreshInterval' | 'onRefresh'
> & {
  /** Ignored: the token of the client counts. */
  token?: string | undefined
  /** As in `QrCodeInput`. */
  onStateChange?: QrCodeInput['onStateChange'] | undefined
}

/** @deprecated The response of an inner class of the original; use `QrCodeChallengeResponse`. */
export type WebSocketQrCodeResponse = {
  /** What the QR code holds. */
  challengeId: string
  /** ISO 8601. */
  expiresAt: string
  /** Where the code stands. */
  state: ChallengeState
}

/**
 * The client with everything in it, a drop-in for `@authsignal/browser`.
 *
 * An app that wants a small bundle takes `createClient` and names its channels instead.
 *
 * @module
 */
import { type EmailChannel, email } from './channels/email.js'
import { type EmailMagicLinkChannel, emailML } from './channels/email-magic-link.js'
import { type NotpChannel, type NotpSettings, notp } from './channels/notp.js'
import { type PasskeyChannel, passkey } from './channels/passkey.js'
import { type PushChannel, push } from './channels/push.js'
import { type QrCodeChannel, qrCode } from './channels/qr-code.js'
import { type SecurityKeyChannel, securityKey } from './channels/security-key.js'
import { type SmsChannel, sms } from './channels/sms.js'
import { type TotpChannel, totp } from './channels/totp.js'
import { type WhatsappChannel, whatsapp } from './channels/whatsapp.js'
import type { ClientCore } from './client.js'
import { createContext } from './context.js'
import { type Launch, launch } from './hosted/launch.js'
import { type HandleRedirect, handleRedirect } from './hosted/redirect.js'
import type { ClientOptions } from './options.js'
import { addProfiling } from './profiling.js'

export type AuthsignalOptions = ClientOptions & {
  /** The Descope project for `notp`. Without it, the methods of `notp` answer `invalid_configuration`. */
  readonly notp?: NotpSettings | undefined
  /** @deprecated Ignored, as it is by `@authsignal/browser`. */
  readonly trackingHost?: string | undefined
}

/**
 * A client with every built-in channel.
 *
 * @example
 * const authsignal = new Authsignal({ tenantId: 'acme', region: 'eu' })
 * authsignal.setToken(token)
 * await authsignal.whatsapp.challenge()
 * const response = await authsignal.whatsapp.verify({ code })
 */
export class Authsignal implements ClientCore {
  declare readonly anonymousId: string
  /** The ID of the last `initAdvancedProfiling`; empty before. */
  profilingId = ''
  /** Domain of the device cookie. */
  readonly cookieDomain: string
  /** Name of the device cookie. */
  readonly anonymousIdCookieName: string
  /** Whether failures are written to the console. */
  readonly enableLogging: boolean

  readonly sms: SmsChannel
  readonly whatsapp: WhatsappChannel
  readonly email: EmailChannel
  readonly emailML: EmailMagicLinkChannel
  readonly totp: TotpChannel
  readonly passkey: PasskeyChannel
  readonly securityKey: SecurityKeyChannel
  readonly push: PushChannel
  readonly qrCode: QrCodeChannel
  readonly notp: NotpChannel

  readonly setToken: ClientCore['setToken']
  readonly launch: Launch
  readonly handleRedirect: HandleRedirect

  /** @throws {TypeError} When an option is wrong; the message names it. */
  constructor(options: AuthsignalOptions) {
    const { context, settings, cookieDomain } = createContext(options)
    // Assignable, as the field of the original is; what is assigned changes nothing else, there and here.
    let assigned: string | undefined
    Object.defineProperty(this, 'anonymousId', {
      get: () => assigned ?? context.anonymousId,
      set: (id: string) => {
        assigned = id
      },
      enumerable: true,
      configurable: true,
    })
    this.cookieDomain = cookieDomain
    this.anonymousIdCookieName = settings.cookieName
    this.enableLogging = settings.enableLogging

    this.sms = sms(context)
    this.whatsapp = whatsapp(context)
    this.email = email(context)
    this.emailML = emailML(context)
    this.totp = totp(context)
    this.passkey = passkey(context)
    this.securityKey = securityKey(context)
    this.push = push(context)
    this.qrCode = qrCode(context)
    this.notp = notp(options.notp)(context)

    this.setToken = context.setToken
    this.launch = launch(context)
    this.handleRedirect = handleRedirect(context)
  }

  /**
   * Loads a third party's script that looks closely at the browser, for the fraud rules of your tenant.
   *
   * @param baseUrl Where the script is, such as a host name of your own. Default: the third party's.
   * @throws {TypeError} When `baseUrl` is not an http or https address.
   */
  initAdvancedProfiling(baseUrl?: string): void {
    this.profilingId = addProfiling(this.cookieDomain, baseUrl)
  }
}

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
import { type PasskeyChannel, passkey } from './channels/passkey/index.js'
import { type PushChannel, push } from './channels/push.js'
import { type QrCodeChannel, qrCode } from './channels/qr-code/index.js'
import { type SecurityKeyChannel, securityKey } from './channels/security-key.js'
import { type SmsChannel, sms } from './channels/sms.js'
import { type TotpChannel, totp } from './channels/totp.js'
import { type WhatsappChannel, whatsapp } from './channels/whatsapp.js'
import type { ClientCore } from './client.js'
import { contexts, createContext } from './context.js'
import {
  type Launch,
  type LaunchOptions,
  launch,
  type PopupLaunchOptions,
  type RedirectLaunchOptions,
  type WindowLaunchOptions,
} from './launch/index.js'
import { type HandleRedirect, handleRedirect } from './launch/redirect.js'
import { addProfiling } from './lib/profiling.js'
import type { ClientOptions } from './options.js'
import type { Result } from './response.js'

/** The options of `createClient`, and those of the drop-in alone. */
export type AuthsignalOptions = ClientOptions & {
  /** The Descope project for `notp`. Without it, the methods of `notp` resolve with `invalid_configuration`. */
  notp?: NotpSettings | undefined
  /** @deprecated Ignored, as it is by `@authsignal/browser`. */
  trackingHost?: string | undefined
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
  declare anonymousId: string
  /** The ID of the last `initAdvancedProfiling`; empty before. */
  profilingId = ''
  /** Domain of the device cookie. */
  cookieDomain: string
  /** Name of the device cookie. */
  anonymousIdCookieName: string
  /** Whether failures are written to the console. */
  enableLogging: boolean

  /** One-time codes by SMS. */
  sms: SmsChannel
  /** One-time codes by WhatsApp. */
  whatsapp: WhatsappChannel
  /** One-time codes by e-mail. */
  email: EmailChannel
  /** A link by e-mail. */
  emailML: EmailMagicLinkChannel
  /** Codes of an authenticator app. */
  totp: TotpChannel
  /** Passkeys. */
  passkey: PasskeyChannel
  /** Hardware keys. */
  securityKey: SecurityKeyChannel
  /** An approval request on the user's phone. */
  push: PushChannel
  /** A QR code that the user scans with your app. */
  qrCode: QrCodeChannel
  /** Sign-in by a WhatsApp message, by Descope. */
  notp: NotpChannel

  #setToken: ClientCore['setToken']
  #launch: Launch
  /** Picks up the token after a launch in redirect mode, see `HandleRedirect`. */
  handleRedirect: HandleRedirect

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

    this.#setToken = context.setToken
    this.#launch = launch(context)
    // Also when an app calls them without the client.
    this.setToken = this.setToken.bind(this)
    this.launch = this.launch.bind(this) as Launch
    this.handleRedirect = handleRedirect(context)
    contexts.set(this, context)
  }

  /**
   * Makes every later call of this client use this token; other clients keep theirs.
   *
   * @param token What your backend's track call returned. It lives for 10 minutes by default.
   * @throws {TypeError} When `token` is not a string, or is empty.
   */
  setToken(token: string): void {
    this.#setToken(token)
  }

  /**
   * Leaves for the hosted page. Your backend's track call must have given a `redirectUrl` to return to.
   *
   * @throws {TypeError} When `url` is not an absolute http or https address.
   */
  launch(url: string, options: RedirectLaunchOptions): undefined
  /**
   * Opens the hosted page and waits for the user to be done with it, see `Launch`.
   *
   * @param url The `url` that your backend's track call returned.
   * @throws {TypeError} When `url` is not an absolute http or https address, or an option is wrong.
   */
  launch(url: string, options?: PopupLaunchOptions | WindowLaunchOptions): Promise<Result<{ token: string }>>
  launch(url: string, options?: LaunchOptions): unknown {
    return this.#launch(url, options as PopupLaunchOptions)
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

/**
 * `<authsignal-challenge>`: takes the user through a challenge, in the page.
 *
 * The screens are mounted by `mount.tsx`; the types of frameworks are in `jsx.ts`.
 *
 * @module
 */
import { adoptSheet } from '../code/adopt-sheet.js'
import { type MountedChallenge, mountChallenge } from './mount.js'
import { type ChallengeMethod, combine, offeredByDefault } from './parts.js'
import { createChallengeClient, type SharedClient } from './session.js'
import type { Appearance, Brand, Theme } from './theme/appearance.js'
import type { ChallengeMessages } from './wording/catalogue.js'

/** The detail of the event `success`. */
export interface ChallengeSuccessDetail {
  /** For your backend to validate. A shared client has it already. */
  readonly token: string
  /** Where the user is to go, if your backend's track call said so. */
  readonly redirectUrl: string | undefined
}

/** The detail of the event `cancel`. */
export interface ChallengeCancelDetail {
  /** Where the user is to go, if your backend's track call said so. */
  readonly redirectUrl: string | undefined
}

/** The detail of the event `error`. */
export interface ChallengeErrorDetail {
  /** As in the responses of the SDK. */
  readonly errorCode: string
  /** For developers. The user has read another text. */
  readonly errorDescription: string
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined
}

/** The detail of the event `step`. */
export interface ChallengeStepDetail {
  /**
   * The screen: `choose`, `contact` (a number or an address is entered), `code`, `wait` (the user responds elsewhere),
   * `scan` (a QR code is scanned), `ceremony` (a passkey or security key), `app` (an authenticator app is set up),
   * `settings`, `removal`, `notice` or `ended`.
   */
  readonly name: string
  /** Its heading, as the user reads it. */
  readonly title: string
  /** The language that it is in. */
  readonly lang: string
  /** The direction of that language. */
  readonly dir: 'ltr' | 'rtl'
}

/** The events of `<authsignal-challenge>`, for `addEventListener`. */
export interface ChallengeElementEventMap extends Omit<HTMLElementEventMap, 'cancel' | 'error'> {
  /** The first screen is there: the session is loaded, or a notice says why not. */
  ready: CustomEvent<null>
  /** The user is verified. */
  success: CustomEvent<ChallengeSuccessDetail>
  /** The user has left without being verified. */
  cancel: CustomEvent<ChallengeCancelDetail>
  /** A call failed. The user reads why, and can try again where that makes sense. */
  error: CustomEvent<ChallengeErrorDetail>
  /** Another screen is shown, or the same one in another language. */
  step: CustomEvent<ChallengeStepDetail>
}

/** What only the hosted page decides. */
interface Hosting {
  /** Where the user goes when leaving. Default: nowhere. */
  readonly exit?: (redirectUrl: string | undefined) => 'close' | 'return' | 'none' | 'stay'
  /** Requires the user to add a method, even if the action needs no challenge. Default `false`. */
  readonly forceEnrollment?: boolean
}

/** A property of the element. */
interface Property {
  /** Its attribute; absent for what only scripts set. */
  readonly attribute?: string
  /** What a change does: it starts the challenge afresh, or changes what the user sees. */
  readonly changes: 'session' | 'appearance' | 'messages'
}

/** Every property. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  tenantId: { attribute: 'tenant-id', changes: 'session' },
  baseUrl: { attribute: 'base-url', changes: 'session' },
  region: { attribute: 'region', changes: 'session' },
  methods: { attribute: 'methods', changes: 'session' },
  token: { changes: 'session' },
  client: { changes: 'session' },
  theme: { attribute: 'theme', changes: 'appearance' },
  brand: { changes: 'appearance' },
  action: { changes: 'appearance' },
  messages: { changes: 'messages' },
}

const BY_ATTRIBUTE = new Map(
  Object.values(PROPERTIES).flatMap(property =>
    property.attribute ? [[property.attribute, property] as const] : [],
  ),
)

/** Keeps the class declarable where there is no page. */
const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement

/**
 * The element `<authsignal-challenge>`: takes the user through a challenge, with a screen for each step.
 *
 * It starts once it is in the page and has a `token`. Its language is that of its `lang` attribute, or of the element
 * around it; its direction is that of its `dir` attribute, or of the language. Taking it out of the page stops
 * everything.
 *
 * In a page that a server has rendered, a style sheet keeps the space of the first screen free, so that nothing moves:
 *
 * ```css
 * authsignal-challenge:not([hidden]) { display: block; min-height: 452px }
 * ```
 *
 * @example
 * const element = document.querySelector('authsignal-challenge')
 * if (element) element.token = token
 * element?.addEventListener('success', ({ detail }) => sendToBackend(detail.token))
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: The interface only adds the types of events.
export class AuthsignalChallengeElement extends Base {
  /** Those of `defineChallenge()`, by name. @internal */
  static readonly methods: Readonly<Record<string, ChallengeMethod>> = {}

  /** The attributes that are observed: the browser reads them. */
  static readonly observedAttributes: readonly string[] = [...BY_ATTRIBUTE.keys()]

  /** Your tenant's ID. Needed unless there is a `client`. Attribute: `tenant-id`. */
  declare tenantId: string
  /** Where the API is, see `ClientOptions.baseUrl`. Attribute: `base-url`. */
  declare baseUrl: string
  /** The region of your tenant: `us` (the default), `au`, `eu` or `ca`. */
  declare region: string
  /**
   * The methods to offer, in this order, by the names of their channels with spaces between them: `passkey whatsapp`.
   * Without it, all methods are offered that the app has and the user may use: the one used last first. Of the element
   * with every method, `qrCode` has to be named: the service does not say whose phone has an app for it.
   */
  declare methods: string
  /** From your backend's track call. The challenge starts with it, and starts afresh with another one. */
  declare token: string | undefined
  /** A client of yours, which then shares its token and settings with the element. */
  declare client: SharedClient | undefined
  /** Light, dark, or as the page (`auto`, the default). */
  declare theme: Theme | ''
  /** Who requests the challenge, shown at the top. */
  declare brand: Brand | undefined
  /** What is being confirmed, such as "Send payment to Acme, $120", shown at the top. */
  declare action: string | undefined
  /** Your own texts, by key, in place of those of the language. */
  declare messages: ChallengeMessages | undefined

  /** The values of the properties that have no attribute. */
  readonly #values: Record<string, unknown> = {}
  #challenge: MountedChallenge | undefined
  #running: AbortController | undefined
  #isPending = false

  static {
    for (const [name, { attribute, changes }] of Object.entries(PROPERTIES)) {
      Object.defineProperty(AuthsignalChallengeElement.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: AuthsignalChallengeElement) {
          return attribute ? (this.getAttribute(attribute) ?? '') : this.#values[name]
        },
        set(this: AuthsignalChallengeElement, value: unknown) {
          if (!attribute) {
            if (Object.is(this.#values[name], value)) return
            this.#values[name] = value
            this.#change(changes)
          } else if (value === undefined || value === null) this.removeAttribute(attribute)
          else this.setAttribute(attribute, `${value}`)
        },
      })
    }
  }

  /** Called by the browser. */
  connectedCallback(): void {
    // Set before the element was defined: they would hide the accessors of the class.
    for (const name of Object.keys(PROPERTIES)) {
      if (!Object.hasOwn(this, name)) continue
      const own = this as Record<string, unknown>
      const value = own[name]
      delete own[name]
      own[name] = value
    }
    // A custom element is inline unless a style says otherwise.
    adoptSheet(this, `@layer authsignal{${this.localName}:not([hidden]){display:block}}`)
    this.#restart()
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#stop()
  }

  /** Called by the browser when `moveBefore()` moves the element: the challenge continues. */
  connectedMoveCallback(): void {}

  /** Called by the browser. */
  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (value !== before) this.#change(BY_ATTRIBUTE.get(name)!.changes)
  }

  /** Does what the "Cancel" button does: fires `success` if the user is verified already, otherwise `cancel`. */
  leave(): void {
    this.#challenge?.leave()
  }

  /** Moves the focus to the field or the heading of the screen. */
  override focus(options?: FocusOptions): void {
    this.querySelector<HTMLElement>('[data-focus]')?.focus(options)
  }

  /** For the hosted page. @internal */
  protected hosting(): Hosting {
    return {}
  }

  #change(what: Property['changes']) {
    if (what === 'session') this.#restart()
    else if (what === 'messages') this.#challenge?.setMessages(this.messages)
    else this.#challenge?.setAppearance(this.#appearance())
  }

  #appearance(): Appearance {
    const { theme, brand, action } = this
    return { theme: theme || undefined, brand: brand ?? undefined, action: action ?? undefined }
  }

  #stop() {
    this.#running?.abort()
    this.#challenge?.unmount()
    this.#running = this.#challenge = undefined
  }

  /** Waits until all properties are set. */
  #restart() {
    this.#stop()
    if (this.#isPending) return
    this.#isPending = true
    queueMicrotask(() => {
      this.#isPending = false
      if (this.isConnected && this.token !== undefined && !this.#challenge) this.#start()
    })
  }

  #start() {
    const { token, client, tenantId, baseUrl, region } = this
    const options = {
      tenantId,
      baseUrl: baseUrl || undefined,
      // The client refuses one that it does not know.
      region: (region || undefined) as 'us' | undefined,
    }
    const fire = (type: string, detail: object | null = null) =>
      this.dispatchEvent(new CustomEvent(type, { detail }))
    const methods = this.#chosen()
    this.#running = new AbortController()
    const { channels } = combine(methods)
    const ownClient = createChallengeClient(client ?? options, channels, this.#running.signal)
    // Of the page, such as a text for browsers without scripts.
    this.replaceChildren()
    this.#challenge = mountChallenge(this, {
      exit: () => 'stay',
      ...this.hosting(),
      client: ownClient,
      methods,
      isOrdered: this.methods !== '',
      token,
      appearance: this.#appearance(),
      messages: this.messages,
      onReady: () => fire('ready'),
      onScreen: screen => fire('step', screen),
      onSuccess: result => fire('success', result),
      onCancel: result => fire('cancel', result),
      onError: ({ errorCode, errorDescription, status }) =>
        fire('error', { errorCode, errorDescription, status }),
    })
  }

  /** The methods that the attribute names, of those that the app has. */
  #chosen(): readonly ChallengeMethod[] {
    const { methods: all } = this.constructor as typeof AuthsignalChallengeElement
    const names = this.methods.split(/\s+/).filter(Boolean)
    if (names.length === 0) return offeredByDefault(Object.values(all))
    // Attributes are often written in lower case, or with hyphens.
    const plain = (name: string) => name.replaceAll('-', '').toLowerCase()
    return names.map(name => {
      const found = Object.entries(all).find(([known]) => plain(known) === plain(name))
      if (!found) throw new TypeError(`"methods" must be some of ${Object.keys(all).join(', ')}, got ${name}`)
      return found[1]
    })
  }
}

/** The element's own events, with their types. */
export interface AuthsignalChallengeElement {
  /** Calls a listener for an event of the element. */
  addEventListener<Type extends keyof ChallengeElementEventMap>(
    type: Type,
    listener: (this: AuthsignalChallengeElement, event: ChallengeElementEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
  /** Removes a listener. */
  removeEventListener<Type extends keyof ChallengeElementEventMap>(
    type: Type,
    listener: (this: AuthsignalChallengeElement, event: ChallengeElementEventMap[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void
}

declare global {
  interface HTMLElementTagNameMap {
    'authsignal-challenge': AuthsignalChallengeElement
  }
}

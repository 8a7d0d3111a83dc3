/**
 * `<authsignal-challenge>` in the templates of React, Preact and Vue.
 *
 * An app has at most some of these packages. Where one is missing, its declarations are errors: each line that
 * names it is ignored, and an app that has it gets the types.
 *
 * @module
 */
import type { AuthsignalChallengeElement, ChallengeElementEventMap } from './element.js'
import type { SharedClient } from './session.js'
import type { Brand, Theme } from './theme/appearance.js'
import type { ChallengeMessages } from './wording/catalogue.js'

/** The attributes, properties and events of `<authsignal-challenge>` in JSX. */
export interface ChallengeElementAttributes {
  /** Your tenant's ID. Needed unless there is a `client`. */
  'tenant-id'?: string | undefined
  /** Where the API is, see `ClientOptions.baseUrl`. */
  'base-url'?: string | undefined
  /** The region of your tenant. */
  region?: 'us' | 'au' | 'eu' | 'ca' | undefined
  /** The methods to offer, in this order, as in `passkey whatsapp`. */
  methods?: string | undefined
  /** From your backend's track call. Set as a property: it never is an attribute. */
  token?: string | undefined
  /** A client of yours, which then shares its token and settings with the element. */
  client?: SharedClient | undefined
  /** Light, dark, or as the page: `auto`, the default. */
  theme?: Theme | undefined
  /** Who requests the challenge, shown at the top. */
  brand?: Brand | undefined
  /** What is being confirmed, shown at the top. */
  action?: string | undefined
  /** Your own texts, by key, in place of those of the language. */
  messages?: ChallengeMessages | undefined
  /** The first screen is there. The names are in lower case, because JSX takes those of events as they are written. */
  onready?: ((event: ChallengeElementEventMap['ready']) => void) | undefined
  /** The user is verified. */
  onsuccess?: ((event: ChallengeElementEventMap['success']) => void) | undefined
  /** The user has left without being verified. */
  oncancel?: ((event: ChallengeElementEventMap['cancel']) => void) | undefined
  /** A call failed. */
  onerror?: ((event: ChallengeElementEventMap['error']) => void) | undefined
  /** Another screen is shown. */
  onstep?: ((event: ChallengeElementEventMap['step']) => void) | undefined
}

// biome-ignore-start lint/suspicious/noTsIgnore: Errors only where the package is missing, so none to expect.
// biome-ignore-start format: The ignored name is on the next line.
// @ts-ignore
type ReactProps = import('react').DetailedHTMLProps<
  import('react').HTMLAttributes<AuthsignalChallengeElement>,
  AuthsignalChallengeElement
>
// @ts-ignore
type PreactProps = import('preact').HTMLAttributes<AuthsignalChallengeElement>
// @ts-ignore
type VueProps = import('vue').HTMLAttributes
// biome-ignore-end format: see above

// @ts-ignore
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'authsignal-challenge': ChallengeElementAttributes & Omit<ReactProps, keyof ChallengeElementAttributes>
    }
  }
}

// @ts-ignore
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'authsignal-challenge': ChallengeElementAttributes & Omit<PreactProps, keyof ChallengeElementAttributes>
    }
  }
}

// @ts-ignore
declare module 'vue' {
  interface GlobalComponents {
    'authsignal-challenge': ChallengeComponent
  }
}
// biome-ignore-end lint/suspicious/noTsIgnore: see above

/** What Vue reads from a component: its attributes and events. */
interface ChallengeComponent {
  new (): AuthsignalChallengeElement & {
    $props: Omit<VueProps, keyof VueEvents> & Omit<ChallengeElementAttributes, `on${string}`> & VueEvents
  }
}

interface VueEvents {
  onReady?: ChallengeElementAttributes['onready']
  onSuccess?: ChallengeElementAttributes['onsuccess']
  onCancel?: ChallengeElementAttributes['oncancel']
  onError?: ChallengeElementAttributes['onerror']
  onStep?: ChallengeElementAttributes['onstep']
}

/**
 * `<authsignal-code>` in the templates of React, Preact and Vue.
 *
 * An app has at most some of these packages. Where one is missing, its declarations are errors: each line that
 * names it is ignored, and an app that has it gets the types.
 *
 * @module
 */
import type { AuthsignalCodeElement, CodeElementEventMap } from './element.js'

/** The attributes and events of `<authsignal-code>` in JSX. */
export interface CodeElementAttributes {
  /** Number of digits of a code. Default: the `maxlength` of the input, else 6. */
  length?: number | undefined
  /** Whether a cell is drawn behind each digit. */
  cells?: boolean | undefined
  /** What is wrong with the code, as a sentence for the user. */
  error?: string | undefined
  /** The code is complete. In lower case, because JSX takes the name of the event as it is written. */
  oncomplete?: ((event: CodeElementEventMap['complete']) => void) | undefined
}

// biome-ignore-start lint/suspicious/noTsIgnore: Errors only where the package is missing, so none to expect.
// biome-ignore-start format: The ignored name is on the next line.
// @ts-ignore
type ReactProps = import('react').DetailedHTMLProps<
  import('react').HTMLAttributes<AuthsignalCodeElement>,
  AuthsignalCodeElement
>
// @ts-ignore
type PreactProps = import('preact').HTMLAttributes<AuthsignalCodeElement>
// @ts-ignore
type VueProps = import('vue').HTMLAttributes
// biome-ignore-end format: see above

// @ts-ignore
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'authsignal-code': CodeElementAttributes & ReactProps
    }
  }
}

// @ts-ignore
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'authsignal-code': CodeElementAttributes & PreactProps
    }
  }
}

// @ts-ignore
declare module 'vue' {
  interface GlobalComponents {
    'authsignal-code': CodeComponent
  }
}
// biome-ignore-end lint/suspicious/noTsIgnore: see above

/** What Vue reads from a component: its attributes and events. */
interface CodeComponent {
  new (): AuthsignalCodeElement & {
    $props: VueProps & Omit<CodeElementAttributes, 'oncomplete'> & VueEvents
  }
}

interface VueEvents {
  onComplete?: CodeElementAttributes['oncomplete']
}

/**
 * `<authsignal-code>`: a field for a one-time code, around the one `<input>` of the page.
 *
 * What counts as a code is in `digits.ts`, the appearance in `style.ts`, the types of frameworks in `jsx.ts`.
 *
 * @module
 */
import { codeDigits } from './digits.js'
import { adoptStyle } from './style.js'

/** The detail of the event `complete`. */
export interface CodeCompleteDetail {
  /** The code: ASCII digits, as many as `length` says. */
  readonly code: string
}

/** The events of `<authsignal-code>`, for `addEventListener`. */
export interface CodeElementEventMap extends HTMLElementEventMap {
  /** The code is complete. Fires once per code, and again only after the code has changed. */
  complete: CustomEvent<CodeCompleteDetail>
}

/** What `navigator.credentials.get()` resolves with for a code in a text message. */
type OtpCredential = Credential & { readonly code?: string }

/** Keeps the class declarable where there is no page. */
const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement

let regions = 0

/**
 * The element `<authsignal-code>`: makes the `<input>` in it a field for a one-time code.
 *
 * The input stays one of the page: it has the name, the label and the value, and works before the script has loaded.
 * The element drops what is pasted around a code, fires `complete`, announces errors, and receives the code of a
 * text message where the browser can.
 *
 * @example
 * const element = document.querySelector('authsignal-code')
 * element?.addEventListener('complete', ({ detail }) => show(detail.code))
 *
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fe-autocomplete-one-time-code
 * @see https://wicg.github.io/web-otp/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: The interface only adds the types of events.
export class AuthsignalCodeElement extends Base {
  /** The attributes that are observed: the browser reads them. */
  static readonly observedAttributes: readonly string[] = ['error', 'length']

  #input: HTMLInputElement | undefined
  /** The `maxlength` that the input had. */
  #maxLength: string | null = null
  /** The code so far, as the last event left it. */
  #code = ''
  /** The wait for a text message. */
  #message: AbortController | undefined
  #showsError = false
  /** The input may come later, or be replaced. */
  readonly #children = new MutationObserver(() => this.#findInput())

  constructor() {
    super()
    // Before the listeners of the page: they see the value without what was pasted around the code.
    for (const type of ['input', 'compositionend', 'beforeinput', 'focusin'])
      this.addEventListener(type, this.#onEvent, true)
  }

  /**
   * What is wrong with the code, as a sentence for the user; empty when nothing is. It is shown below the input,
   * announced by screen readers, and cleared by the next input.
   */
  get error(): string {
    return this.getAttribute('error') ?? ''
  }

  set error(error: string | null | undefined) {
    if (error) this.setAttribute('error', error)
    else this.removeAttribute('error')
  }

  /** Called by the browser. */
  connectedCallback(): void {
    adoptStyle(this)
    this.#children.observe(this, { childList: true, subtree: true })
    this.#findInput()
    this.#waitForMessage()
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#children.disconnect()
    this.#stopWaiting()
  }

  /** Called by the browser. */
  attributeChangedCallback(): void {
    const input = this.#input
    if (!input) return
    const { error } = this
    const length = this.#length
    this.style.setProperty('--authsignal-code-length', length === 6 ? '' : `${length}`)

    // Until there is an error, the element of the page for errors holds what the page wants.
    if (!error && !this.#showsError) return
    this.#showsError = error !== ''
    let region = this.querySelector('[role=alert]')
    if (!region) {
      region = document.createElement('div')
      region.role = 'alert'
      this.append(region)
    }
    region.id ||= `authsignal-code-${++regions}`
    region.textContent = error
    // The region is empty when nothing is wrong, so the input can stay described by it.
    const described = input.getAttribute('aria-describedby') ?? ''
    if (!described.includes(region.id)) input.setAttribute('aria-describedby', `${region.id} ${described}`)
    input.ariaInvalid = error ? 'true' : null
    // Typing replaces a wrong code, which leaves no room for further digits.
    if (error && input.value.length === length && input.matches(':focus')) input.select()
  }

  get #length(): number {
    return Number(this.getAttribute('length') ?? this.#maxLength) || 6
  }

  #findInput() {
    const input = this.querySelector('input')
    if (!input || input === this.#input) return
    this.#input = input
    this.#maxLength = input.getAttribute('maxlength')
    // It would cut off what is pasted, before the code is found in it.
    input.removeAttribute('maxlength')
    input.inputMode = 'numeric'
    input.autocomplete = 'one-time-code'
    input.dir = 'ltr'
    // iOS zooms in on a smaller text, and leaves the page there. A property passes every policy, an attribute does not.
    if (Number.parseFloat(getComputedStyle(input).fontSize) < 16)
      input.style.setProperty('font-size', '16px', 'important')
    this.#code = codeDigits(input.value, this.#length)
    this.attributeChangedCallback()
  }

  readonly #onEvent = ({ type, target, isComposing }: Event & { readonly isComposing?: boolean }) => {
    const input = this.#input
    if (!input || target !== input) return
    const { value, selectionStart } = input
    const code = codeDigits(value, this.#length)
    const isOther = code !== value

    if (type === 'compositionend') {
      // The page has to know as well.
      if (isOther) this.#dispatchInput()
    } else if (type !== 'input') {
      // The page may have changed the value since the last event.
      if (!isOther) this.#code = code
      if (type === 'focusin') this.#waitForMessage()
    } else {
      this.error = ''
      if (isOther) {
        // A change now would end the composition of an input method.
        if (isComposing) return
        this.#setValue(code)
        const caret = codeDigits(value.slice(0, selectionStart!), this.#length).length
        if (input.matches(':focus')) input.setSelectionRange(caret, caret)
      }
      if (code === this.#code) return
      this.#code = code
      // After the listeners of the page: by then its state has the code too.
      if (code.length === this.#length)
        setTimeout(() => this.dispatchEvent(new CustomEvent('complete', { detail: { code } })))
    }
  }

  /**
   * Sets the value without its property: React has one of its own on each input, and takes a value that was set by it
   * for no change.
   *
   * @see https://github.com/facebook/react/issues/11488
   */
  #setValue(value: string) {
    // Up to the end of the earlier value, however long.
    this.#input!.setRangeText(value, 0, 1e9, 'end')
  }

  #dispatchInput() {
    this.#input!.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }

  async #waitForMessage() {
    // Browsers have it in secure contexts only.
    if (!('OTPCredential' in globalThis) || this.#message || !this.#input) return
    const message = new AbortController()
    this.#message = message
    const { signal } = message
    this.#input.form?.addEventListener('submit', () => this.#stopWaiting(), { signal })
    const options: CredentialRequestOptions & { otp: object } = { otp: { transport: ['sms'] }, signal }
    // Rejected when the user or the policy of a frame refuses: then the code is typed.
    const credential: OtpCredential | null = await navigator.credentials.get(options).catch(() => null)
    if (signal.aborted) return
    this.#stopWaiting()
    if (!credential?.code) return
    this.#setValue(credential.code)
    this.#dispatchInput()
  }

  #stopWaiting() {
    this.#message?.abort()
    this.#message = undefined
  }
}

/** The element's own events, with their types. */
export interface AuthsignalCodeElement {
  /** Calls a listener for an event of the element. */
  addEventListener<Type extends keyof CodeElementEventMap>(
    type: Type,
    listener: (this: AuthsignalCodeElement, event: CodeElementEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
  /** Removes a listener. */
  removeEventListener<Type extends keyof CodeElementEventMap>(
    type: Type,
    listener: (this: AuthsignalCodeElement, event: CodeElementEventMap[Type]) => unknown,
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
    'authsignal-code': AuthsignalCodeElement
  }
}

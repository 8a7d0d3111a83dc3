/**
 * Registers the field for codes.
 *
 * @module
 */
import { AuthsignalCodeElement } from './element.js'

/** What `defineCode()` is given. */
export interface DefineCodeOptions {
  /** Name of the element, in lower case and with a hyphen. Default `authsignal-code`. */
  readonly tag?: string | undefined
}

/**
 * Registers `<authsignal-code>`, or the same element by another name. Does nothing when the name is taken, and where
 * there is no page.
 *
 * @param options The name of the element.
 * @throws {TypeError} When `tag` has no hyphen. The browser refuses other names that no element can have.
 *
 * @example
 * defineCode({ tag: 'acme-code' })
 */
export function defineCode({ tag = 'authsignal-code' }: DefineCodeOptions = {}): void {
  if (!tag.includes('-')) throw new TypeError(`"tag" must have a hyphen, got ${tag}`)
  const registry = globalThis.customElements
  // A class can be registered once, so each name has one of its own.
  if (registry && !registry.get(tag)) registry.define(tag, class extends AuthsignalCodeElement {})
}

/**
 * Registers the challenge.
 *
 * @module
 */
import { AuthsignalChallengeElement } from './element.js'
import type { ChallengeMethod } from './parts.js'

/** What `defineChallenge()` is given. */
export interface DefineChallengeOptions {
  /** The methods that the element has, by name, such as `{ passkey, whatsapp }`. An app bundles no others. */
  readonly methods: Readonly<Record<string, ChallengeMethod>>
  /** Name of the element, in lower case and with a hyphen. Default `authsignal-challenge`. */
  readonly tag?: string | undefined
}

/**
 * Registers `<authsignal-challenge>` with some methods, or the same element by another name. Does nothing when the
 * name is taken, and where there is no page.
 *
 * @param options The methods, and the name of the element.
 * @throws {TypeError} When `methods` has none, or something else, or when `tag` has no hyphen. The browser refuses
 *   other names that no element can have.
 *
 * @example
 * import { defineChallenge, sms, whatsapp } from 'authsignal-channels/elements/challenge'
 *
 * defineChallenge({ methods: { whatsapp, sms } })
 */
export function defineChallenge({ methods, tag = 'authsignal-challenge' }: DefineChallengeOptions): void {
  if (!tag.includes('-')) throw new TypeError(`"tag" must have a hyphen, got ${tag}`)
  const all = Object.values(methods)
  // The channels of the SDK have the same names, but no screens.
  if (all.length === 0 || !all.every(each => typeof each === 'object' && 'needs' in each))
    throw new TypeError('"methods" must be methods of this module, as in { sms }')
  const registry = globalThis.customElements
  // A class can be registered once, so each name has one of its own.
  if (registry && !registry.get(tag))
    registry.define(
      tag,
      class extends AuthsignalChallengeElement {
        static override readonly methods = methods
      },
    )
}

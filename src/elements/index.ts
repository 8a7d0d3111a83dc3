/**
 * Both elements, with every method: `authsignal-channels/elements`. Importing this registers them. Where there is no
 * page, it does nothing.
 *
 * It exports all that `authsignal-channels/elements/challenge` and `authsignal-channels/elements/code` export. An app that
 * wants less imports `elements/code`, or `elements/challenge` and names its methods.
 *
 * @module
 */
import { ALL } from './challenge/all.js'
import { type DefineChallengeOptions, defineChallenge as defineWith } from './challenge/index.js'

export * from './challenge/index.js'
export * from './code/index.js'

/**
 * Registers the challenge, as `defineChallenge()` of `elements/challenge` does. Here, `methods` is all of them by
 * default: to register the element by another name.
 *
 * @param options The methods, and the name of the element.
 * @throws {TypeError} When an option is wrong; the message names it.
 *
 * @example
 * defineChallenge({ tag: 'acme-challenge' })
 */
export function defineChallenge({ methods = ALL, tag }: Partial<DefineChallengeOptions> = {}): void {
  defineWith({ methods, tag })
}

defineChallenge()

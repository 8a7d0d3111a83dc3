/** @jsxImportSource ../lib */
/**
 * The texts in the language of the user, for the screens.
 *
 * @module
 */
import type { Children } from '../lib/jsx-runtime.js'
import type { Message } from '../wording/catalogue.js'
import type { Words } from '../wording/words.js'

/** Those of the challenge that is being drawn. Drawing is synchronous, so several on a page do not mix. */
let current: Words | undefined

/** Draws in this language. */
export function inWords(words: Words, draw: () => void) {
  current = words
  draw()
  current = undefined
}

/** For components: the texts of the challenge that is being drawn. */
export const useWords = (): Words => current!

/** A text with elements among its values. */
export const Said = ({ message }: { readonly message: Message }): Children => useWords().parts(message)

/** A number, an address or a name. It keeps its own direction inside a text that is written from right to left. */
export const Destination = ({ text }: { readonly text: string }) => (
  <strong data-authsignal="destination" dir="auto">
    {text}
  </strong>
)

/**
 * The types of a catalogue: the texts of one language, by key. English decides which keys there are.
 *
 * @module
 */

import type { Children } from '../lib/jsx-runtime.js'
import type * as english from './english.js'

type English = Intersection<(typeof english)[keyof typeof english]>

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

/** Names one text of the challenge, as in `code.title`. */
export type MessageKey = keyof English

/**
 * The forms of a text for each plural category that its language has.
 *
 * @see https://cldr.unicode.org/index/cldr-spec/plural-rules
 */
export type PluralForms = { readonly [Category in Intl.LDMLPluralRule]?: string } & { readonly other: string }

/** All texts of a language. */
export type Catalogue = {
  readonly [Key in MessageKey]: English[Key] extends string ? string : PluralForms
}

/** Some texts, in any language. The texts of further error codes have keys too, such as `error.my_code`. */
export type ChallengeMessages = { readonly [Key in MessageKey]?: Catalogue[Key] } & {
  readonly [Key in `error.${string}`]?: string
}

/** The placeholders, and what fills them. */
export interface Values {
  /** Where a message was sent: a number, an address, or the name of a phone. */
  readonly contact: Children
  /** What input looks like: a number or an address. */
  readonly example: Children
  /** What identifies an authenticator: a number, an address, or a name. */
  readonly name: Children
  /** The label of a method. */
  readonly method: Message
  /** Decides the plural form. */
  readonly count: number
  /** In seconds. Becomes, for example, "in 5 minutes". */
  readonly wait: number
  /** In seconds. Becomes, for example, "2:31". */
  readonly clock: number
  readonly added: Date
  readonly used: Date
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type Form<Text> = Text extends { readonly other: infer Other } ? Other : Text

/** What the text of a key needs. */
export type ValuesOf<Key extends MessageKey> = {
  readonly [Name in Placeholders<Form<English[Key]> & string>]: Name extends keyof Values
    ? Values[Name]
    : never
}

/** The values of a text, as the last argument of a call: none where the text has no placeholder. */
export type Arguments<Key extends MessageKey> = keyof ValuesOf<Key> extends never
  ? []
  : [values: ValuesOf<Key>]

/** A text that is not in a language yet. The state of a screen has these, so that the language can change. */
export interface Message {
  readonly key: MessageKey | `error.${string}`
  readonly values?: Partial<Values> | undefined
}

export const message = <Key extends MessageKey>(key: Key, ...[values]: Arguments<Key>): Message => ({
  key,
  values,
})

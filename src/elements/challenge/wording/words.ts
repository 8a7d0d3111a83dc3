/**
 * Texts in one language: looks them up and fills their placeholders.
 *
 * @module
 */

import type { Children } from '../lib/jsx-runtime.js'
import type { Arguments, ChallengeMessages, Message, MessageKey, Values } from './catalogue.js'

export interface Words {
  /** The language and region, as in `pt-BR`. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** A day. */
  date(day: Date): string
  /** The text of a key. */
  text<Key extends MessageKey>(key: Key, ...values: Arguments<Key>): string
  /** The text of a message. */
  of(message: Message): string
  /** The same with elements among its values, such as a number in bold. */
  parts(message: Message): readonly Children[]
}

/**
 * @param lang Formats numbers, times and dates, and picks plural forms.
 * @param sentences Every text that is needed. The first list that has one decides.
 * @param dir `ltr` or `rtl`. Default: that of the language.
 */
export function createWords(
  lang: string,
  sentences: readonly ChallengeMessages[],
  dir?: string | null,
): Words {
  const all: ChallengeMessages = Object.assign(Object.create(null), ...sentences.toReversed())
  const number = new Intl.NumberFormat(lang)
  const twoDigits = new Intl.NumberFormat(lang, { minimumIntegerDigits: 2 })
  const relative = new Intl.RelativeTimeFormat(lang)
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' })
  const plural = new Intl.PluralRules(lang)

  // The preposition of a time is part of it: in many languages it changes the words after it.
  const wait = (seconds: number) =>
    seconds < 60
      ? relative.format(Math.max(1, Math.ceil(seconds)), 'second')
      : relative.format(Math.ceil(seconds / 60), 'minute')

  const clock = (seconds: number) =>
    `${number.format(Math.floor(seconds / 60))}:${twoDigits.format(seconds % 60)}`

  function fill(name: string, values: Partial<Values>): Children {
    switch (name) {
      case 'count':
        return number.format(values.count!)
      case 'wait':
        return wait(values.wait!)
      case 'clock':
        return clock(values.clock!)
      case 'added':
      case 'used':
        return dates.format(values[name])
      case 'method':
        return of(values.method!)
      case 'contact':
      case 'example':
      case 'name':
        return values[name]
      default:
        // Not a placeholder, but a text of the app that has braces.
        return `{${name}}`
    }
  }

  function parts({ key, values = {} }: Message): readonly Children[] {
    const sentence = all[key] ?? all['error.anyOther']!
    const text =
      typeof sentence === 'string' ? sentence : (sentence[plural.select(values.count!)] ?? sentence.other)
    return text.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : fill(part, values)))
  }

  const of = (message: Message) => parts(message).join('')

  return {
    lang,
    dir: dir === 'rtl' || (dir !== 'ltr' && isRightToLeft(lang)) ? 'rtl' : 'ltr',
    date: day => dates.format(day),
    text: (key, ...[values]) => of({ key, values }),
    of,
    parts,
  }
}

/** The scripts that are written from right to left, as far as languages use them today. */
const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']

// `Intl.Locale.prototype.getTextInfo()` would say it, but Firefox does not have it.
const isRightToLeft = (lang: string) => RIGHT_TO_LEFT.includes(new Intl.Locale(lang).maximize().script ?? '')

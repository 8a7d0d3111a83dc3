/**
 * The languages, and which of them a page gets. English is built in, the others load when they are needed.
 *
 * @module
 */

import type { ChallengeMessages } from './catalogue.js'

type Load = () => Promise<{ readonly default: ChallengeMessages }>

const LANGUAGES: Record<string, Load> = {
  ar: () => import('./locales/ar.js'),
  de: () => import('./locales/de.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  it: () => import('./locales/it.js'),
  ja: () => import('./locales/ja.js'),
  nl: () => import('./locales/nl.js'),
  pt: () => import('./locales/pt.js'),
  zh: () => import('./locales/zh.js'),
}

const ENGLISH = 'en'

/** A language that there are texts for. */
export interface Language {
  /** As the page wants it, with its region: formats of numbers and dates follow it. */
  readonly tag: string
  /** Loads the texts; without it, they are the English ones that are built in. */
  readonly load?: Load | undefined
}

/**
 * Adds a language to those of every challenge, or replaces the texts of one.
 *
 * @param tag A language tag, such as `"pl"` or `"pt-BR"`.
 * @param load Resolves with the texts: the default export of a module. It is called when the language is needed.
 *   English completes texts that are missing.
 * @throws {TypeError} When `tag` is not a language tag.
 *
 * @example
 * addLanguage('pl', async () => ({ default: { cancel: 'Anuluj', back: 'Wstecz' } }))
 */
export function addLanguage(tag: string, load: Load): void {
  const locale = localeOf(tag)
  if (!locale) throw new TypeError(`"tag" must be a language tag, such as "pl", got ${JSON.stringify(tag)}`)
  LANGUAGES[locale.baseName] = load
}

/** The languages that there are texts for, as in `en` or `pt`, in the order of the alphabet. */
export const languages = (): readonly string[] => [ENGLISH, ...Object.keys(LANGUAGES)].sort()

/** The first language with texts among those that a page wants; English when there is none. */
export function choose(tags: readonly string[]): Language {
  for (const tag of tags) {
    const found = lookup(tag)
    if (found) return found
  }
  return { tag: ENGLISH }
}

/**
 * Takes subtags off the end until there are texts. A language in another script is another one for its readers:
 * `zh-TW`, which is written in traditional characters, does not get the texts of `zh`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4647#section-3.4
 * @see https://unicode.org/reports/tr35/#Parent_Locales
 */
function lookup(tag: string): Language | undefined {
  const locale = localeOf(tag)
  if (!locale) return undefined
  for (let range = locale.baseName; range !== ''; range = range.replace(/-?[^-]*$/, '')) {
    const isKnown = range === ENGLISH || Object.hasOwn(LANGUAGES, range)
    if (!isKnown || new Intl.Locale(range).maximize().script !== locale.maximize().script) continue
    return { tag: locale.baseName, load: LANGUAGES[range] }
  }
  return undefined
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {
    return undefined
  }
}

/**
 * What a part of the page wants: its `lang` attribute, or that of the closest element around it. When the page says
 * nothing, what the user has set in the browser.
 *
 * @see https://html.spec.whatwg.org/multipage/dom.html#language
 */
export function wantedAt(node: Element): readonly string[] {
  for (let at: Element | undefined = node; at; at = hostOf(at)) {
    const lang = at.closest('[lang]')?.getAttribute('lang')
    if (lang) return [lang]
  }
  return navigator.languages
}

/** The element of the shadow tree that this one is in. */
function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : undefined
}

// @vitest-environment node
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PluralForms } from '../../../src/elements/challenge/wording/catalogue.js'
import * as english from '../../../src/elements/challenge/wording/english.js'
import { choose, languages } from '../../../src/elements/challenge/wording/languages.js'

type Texts = Readonly<Record<string, string | PluralForms>>

const ENGLISH: Texts = Object.assign({}, ...Object.values(english))

/** What the languages have in common with English. */
const SAME = [
  'whatsapp.label',
  // These languages use the English word.
  'de passkey.label',
  'it passkey.label',
  'nl passkey.label',
  'fr qrCode.label',
  'pt qrCode.label',
]

const formsOf = (text: string | PluralForms) => (typeof text === 'string' ? { other: text } : text)
const placeholdersOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

async function load(lang: string): Promise<Texts> {
  const loaded = await choose([lang]).load?.()
  return (loaded?.default ?? ENGLISH) as Texts
}

// Those that are built: other tests add some.
const TEXTS = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

test('there are ten languages, each of which can be chosen', () => {
  const files = readdirSync('src/elements/challenge/wording/locales').map(file => file.replace('.ts', ''))
  expect(files.sort()).toEqual(TEXTS)
  expect(languages()).toEqual(expect.arrayContaining(['en', ...TEXTS]))
})

describe.each(['en', ...TEXTS])('%s', lang => {
  test('has every text, and no other', async () => {
    expect(Object.keys(await load(lang)).sort()).toEqual(Object.keys(ENGLISH).sort())
  })

  test('has the placeholders of the English texts', async () => {
    const texts = await load(lang)
    const different = Object.entries(ENGLISH).filter(([key, text]) => {
      const [theirs, ours] = [formsOf(texts[key]!), formsOf(text)].map(forms => placeholdersOf(forms.other))
      return String(theirs) !== String(ours)
    })
    expect(different).toEqual([])
  })

  test('has the plural forms that Intl picks, each with the placeholders or with the number as a word', async () => {
    const categories = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.toSorted()
    for (const text of Object.values(await load(lang))) {
      if (typeof text === 'string') continue
      expect(Object.keys(text).sort()).toEqual(categories)
      const ofMany = placeholdersOf(text.other)
      for (const [category, form] of Object.entries(text))
        if (category !== 'one' && category !== 'two') expect(placeholdersOf(form)).toEqual(ofMany)
    }
  })

  test('has no text that begins or ends with a space, or is empty', async () => {
    const all = Object.values(await load(lang)).flatMap(text => Object.values(formsOf(text)))
    expect(all.filter(text => text !== text.trim() || text === '')).toEqual([])
  })

  test('repeats the visible label of a remove button in its accessible name', async () => {
    const texts = await load(lang)
    const [visible, ...names] = ['settings.remove', 'settings.removeMethod', 'settings.removeNamed'].map(
      key => `${texts[key]}`.toLocaleLowerCase(lang),
    )
    for (const name of names) expect(name).toContain(visible)
  })
})

test.each(TEXTS)('%s differs from English', async lang => {
  const texts = await load(lang)
  const same = Object.keys(ENGLISH).filter(key => JSON.stringify(texts[key]) === JSON.stringify(ENGLISH[key]))
  expect(same.filter(key => !SAME.includes(key) && !SAME.includes(`${lang} ${key}`))).toEqual([])
})

test('French has a no-break space before its double signs, so that none begins a line', async () => {
  const texts = Object.values(await load('fr')).flatMap(text => Object.values(formsOf(text)))
  expect(texts.some(text => /\u00a0[:?]/.test(text))).toBe(true)
  expect(texts.filter(text => /[^\u00a0][:;?!](?:\s|$)/.test(text))).toEqual([])
})

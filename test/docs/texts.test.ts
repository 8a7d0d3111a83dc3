/** The list of texts in the documentation is that of the catalogue. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as english from '../../src/elements/challenge/wording/english.js'
import { languages } from '../../src/elements/challenge/wording/languages.js'

const PAGE = 'docs/texts.md'

const INTRODUCTION = `# Texts of the challenge

Every text of \`<authsignal-challenge>\`, by its key. [Languages](guides/languages.md#own-texts) describes how to
replace them, and what becomes of the placeholders. A text with plural forms is listed with its form for "other".
`

const HEADINGS: Record<string, string> = {
  COMMON: 'Every method',
  CHOOSING: 'The list of methods',
  SMS: 'Text message',
  WHATSAPP: 'WhatsApp',
  EMAIL: 'Email',
  EMAIL_ML: 'Link by email',
  TOTP: 'Authenticator app',
  PASSKEY: 'Passkey',
  SECURITY_KEY: 'Security key',
  CEREMONIES: 'Passkey and security key, their prompt',
  PUSH: 'Push notification',
  QR_CODE: 'QR code',
  SCANNING: 'QR code, its screen',
  ENROLMENT: 'Adding a method',
  SETTINGS: 'The settings',
}

type Texts = Readonly<Record<string, string | { readonly other: string }>>

function list(): string {
  const all = new Map<string, Texts>(Object.entries(english))
  // A method without a heading is listed last, by its name in the code.
  const names = [...new Set([...Object.keys(HEADINGS), ...all.keys()])]
  const parts = names.map(name => {
    const rows = Object.entries(all.get(name) ?? {}).map(
      ([key, text]) => `| \`${key}\` | ${typeof text === 'string' ? text : text.other} |`,
    )
    return `\n## ${HEADINGS[name] ?? name}\n\n| key | in English |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  return INTRODUCTION + parts.join('')
}

test('the page lists every key with its English text', () => {
  // `UPDATE=1` writes it.
  if (process.env.UPDATE) writeFileSync(PAGE, list())
  expect(readFileSync(PAGE, 'utf8')).toBe(list())
})

test('the guide lists every language', () => {
  const guide = readFileSync('docs/guides/languages.md', 'utf8')
  const listed = [...guide.matchAll(/^\| .+ \| `(\w+)` \|/gm)].map(([, tag]) => tag).sort()
  expect(listed).toEqual(languages())
})

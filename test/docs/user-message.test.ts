/** The sentences for users are those that the documentation has. */
import { readFileSync } from 'node:fs'
import { type Failure, userMessage } from 'authsignal-channels'
import { expect, test } from 'vitest'
import { runBlock } from '../support/documentation.js'

const text = readFileSync('docs/troubleshooting.md', 'utf8')
const section = text.slice(text.indexOf('\n## What users read\n'), text.indexOf('\n## Symptoms\n'))
const sentences = section.split('\n').flatMap(line => {
  const [, codes = '', sentence = ''] = /^\| (`.*) \| (.*) \|$/.exec(line) ?? []
  return [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code!, sentence] as const)
})
const ofTable = sentences.filter(([code]) => code !== 'errorCode' && code !== 'failureReason')

test.each(ofTable)('users read of %s what the table says', (errorCode, sentence) => {
  expect(userMessage({ errorCode })).toBe(sentence)
})

test('the table has every error code', () => {
  const table = text.slice(text.indexOf('\n## Error codes\n'), text.indexOf('\n## What throws\n'))
  const codes = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code!)
  expect(codes.length).toBeGreaterThan(20)
  expect(ofTable.map(([code]) => code)).toEqual(
    expect.arrayContaining(codes.filter(code => code !== 'errorCode')),
  )
})

test('own sentences and another language are used as shown', async () => {
  const { message, ownMessage, frenchMessage } = await runBlock<
    Record<'message' | 'ownMessage' | 'frenchMessage', (response: Partial<Failure> | object) => string>
  >('calls/user-message', 'http://localhost:4010')
  const wrongCode = { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
  expect(message(wrongCode)).toBe('That code is wrong or has expired. Check it, or use a new one.')
  expect(ownMessage({ errorCode: 'popup_closed' })).toBe('The payment was not sent. Press Pay to try again.')
  expect(frenchMessage(wrongCode)).toMatch(/^Ce code est incorrect/)
  expect(frenchMessage({ errorCode: 'too_many_requests', retryAfter: 180 })).toBe(
    'Trop de tentatives. Réessayez dans 3 minutes.',
  )
  expect(frenchMessage({ errorCode: 'timeout' })).toMatch(/^Un problème est survenu/)
})

/** docs/support.md is generated: `UPDATE=1 npx vitest --config test/vitest.config.ts --project package support` */
import { readFileSync, writeFileSync } from 'node:fs'
import { createEmulator } from 'authsignal-channels/emulator'
import { expect, test } from 'vitest'
import { MISSING, supportPage } from './support.js'

const FILE = 'docs/support.md'

test('docs/support.md lists the operations of the emulator', async () => {
  const response = await createEmulator().fetch('http://localhost:4010/emulator/openapi.json')
  const page = supportPage(await response.json())
  if (process.env.UPDATE) writeFileSync(FILE, page)
  expect(readFileSync(FILE, 'utf8')).toBe(page)
})

const operations = MISSING.flatMap(({ operations }) => operations.match(/[A-Z]+ \/[^`]+/g) ?? [])

test.each(operations)('%s is not there, and says so', async operation => {
  const [method = '', path = ''] = operation.replace(/\{\w+\}/g, 'x').split(' ')
  const { fetch, config } = createEmulator()
  const headers = path.startsWith('/v1/client/')
    ? {}
    : { Authorization: `Basic ${btoa(`${config.apiSecretKey}:`)}` }
  const response = await fetch(`http://localhost:4010${path}`, { method, headers })
  expect([response.status, (await response.json()).errorCode]).toEqual([501, 'emulator_not_implemented'])
})

// @vitest-environment node
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SeedSchema } from '../../../src/emulator/seed.js'
import { jsonSchemaOf } from '../../support/json-schema.js'

const FILE = 'src/emulator/seed.schema.json'

test('seed.schema.json says what the emulator checks; UPDATE=1 writes it', () => {
  const generated = jsonSchemaOf(SeedSchema, 'The initial state of the authsignal-channels emulator')
  if (process.env.UPDATE) writeFileSync(FILE, `${JSON.stringify(generated, null, 2)}\n`)
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(generated)
})

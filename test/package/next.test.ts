/** The package in an app of Next.js: rendered on the server, taken over by the page. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { APP } from './packed.js'
import { type PackedService, startService } from './service.js'

const FOLDER = join(APP, 'next-app')
const NEXT = resolve('node_modules/next/dist/bin/next')

let service: PackedService
let server: ChildProcess
let url: string

beforeAll(async () => {
  service = await startService()
  cpSync('test/package/next-app', FOLDER, { recursive: true })
  mkdirSync(join(FOLDER, 'node_modules'))
  for (const name of ['next', 'react', 'react-dom'])
    symlinkSync(resolve('node_modules', name), join(FOLDER, 'node_modules', name), 'junction')
  const { baseUrl: BASE_URL, tenantId: TENANT_ID } = service
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
    BASE_URL,
    TENANT_ID,
  }
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: FOLDER, env })
  server = spawn(process.execPath, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd: FOLDER,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  url = await addressIn(server)
})

afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill()
    await once(server, 'exit')
  }
  await service?.close()
})

test('the server renders with the package, and the browser takes over and steps users up', async ({
  page,
}) => {
  const rendered = await (await fetch(url)).text()
  expect(rendered).toContain('The server needs a token.')
  expect(rendered).toContain('The page is loading.')

  // What does not match on both sides is an error on the console, which fails every test.
  await page.goto(url)
  await page.getByText('The page is ready.').waitFor()
  await service.expectStepUp(page, 'clients.createClient')
})

async function addressIn({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) {
    const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+/) ?? []
    if (address) return address
  }
  throw new Error('next start ended before it listened')
}

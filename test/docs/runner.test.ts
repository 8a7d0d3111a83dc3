/** What `npm run example` prints when it is started in the wrong way. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { EXAMPLES } from './example.js'

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['demo/examples/run.mjs', ...args], { encoding: 'utf8', timeout: 20_000 })

test('every folder of demo/examples is an example', () => {
  const folders = readdirSync('demo/examples', { withFileTypes: true }).filter(entry => entry.isDirectory())
  expect(folders.map(({ name }) => name)).toEqual([...EXAMPLES].sort())
})

test.each([[], ['angular'], ['react', '--port', 'many'], ['react', '--fast']])(
  '%s prints the list of examples',
  (...args) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(1)
    expect(stderr).toBe(`Name an example: npm run example -- ${EXAMPLES.join('|')} [--port 4020]\n`)
  },
)

test('a port in use prints how to choose another', async () => {
  const server = createServer()
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const { status, stderr } = run('react', '--port', String(port))
  server.close()
  expect(status).toBe(1)
  expect(stderr).toContain(`Port ${port} is in use`)
  expect(stderr).toContain('npm run example -- react --port')
})

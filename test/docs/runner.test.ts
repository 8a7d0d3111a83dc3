/** `npm run example` follows a guide, and says how to start it. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

const RUNNER = 'demo/examples/run.mjs'

test.each([[], ['angular'], ['react', '--fast']])('%s prints the list of examples', (...args) => {
  const { status, stderr } = spawnSync(process.execPath, [RUNNER, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Name an example: npm run example -- readme\|script-tag\|html\|react\|/)
})

test('an example is served until it is stopped, and then its folder is deleted', async () => {
  const example = spawn(process.execPath, [RUNNER, 'script-tag'])
  let printed = ''
  for (const stream of [example.stdout, example.stderr]) stream.on('data', chunk => (printed += chunk))
  const exited = once(example, 'exit')
  await expect.poll(() => printed, { timeout: 20_000 }).toContain('Ctrl+C stops it')

  const [, url] = /The example is ready: (\S+)/.exec(printed)!
  expect(await (await fetch(url!)).text()).toContain('Send me a code')
  const [, folder] = /Files {5}(\S+)/.exec(printed)!
  example.kill()
  await exited
  expect(existsSync(folder!)).toBe(false)
  await expect(fetch(url!)).rejects.toThrow()
})

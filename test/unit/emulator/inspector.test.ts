// @vitest-environment node
import { createEmulator } from 'authsignal-channels/emulator'
import { expect, test } from 'vitest'
import { inspectorFile, withInspector } from '../../../src/emulator/node/inspector.js'
import { ORIGIN } from './harness.js'

const FILES: Record<string, string> = {
  'inspector.html': '<!doctype html><title>Inspector</title>',
  'inspector.js': 'export {}',
  'notes.txt': 'private',
}

const readFile = async (name: string) =>
  FILES[name] === undefined ? undefined : new TextEncoder().encode(FILES[name])

const page = async (request: Request, response: Response, read: typeof readFile = readFile) =>
  (await withInspector(request, response, read)).text()

test('takes the place of the simple page of an emulator, with a strict policy', async () => {
  for (const path of ['/', '/emulator', '/emulator/']) {
    const request = new Request(ORIGIN + path)
    const simple = await createEmulator().fetch(request.clone())
    const response = await withInspector(request, simple, readFile)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('Content-Security-Policy')
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /)
    for (const directive of ["frame-ancestors 'none'", "require-trusted-types-for 'script'"])
      expect(policy).toContain(directive)
    expect(await response.text()).toBe(FILES['inspector.html'])
  }
})

test('has no body for HEAD, with which tools wait for the emulator', async () => {
  const request = new Request(ORIGIN, { method: 'HEAD' })
  const response = await withInspector(request, await createEmulator().fetch(request), readFile)
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test('leaves the page of an app that wraps the emulator, and the simple page without a build', async () => {
  const request = new Request(ORIGIN)
  expect(await page(request, new Response('an app'))).toBe('an app')
  const simple = await page(request, await createEmulator().fetch(ORIGIN), async () => undefined)
  expect(simple).toContain('The emulator is running')
})

test.each([
  ['GET', '/inspector/inspector.js', 200],
  ['HEAD', '/inspector/inspector.js', 200],
  ['GET', '/inspector/inspector.html', undefined],
  ['GET', '/inspector/notes.txt', undefined],
  ['GET', '/inspector/missing.js', undefined],
  ['GET', '/inspector/../package.json', undefined],
  ['GET', '/inspector/%2e%2e/package.json', undefined],
  ['GET', '/inspector/', undefined],
  ['POST', '/inspector/inspector.js', undefined],
  ['GET', '/v1/inspector/inspector.js', undefined],
])('serves its own files only: %s %s is %s', async (method, path, status) => {
  const response = await inspectorFile(new Request(ORIGIN + path, { method }), readFile)
  expect(response?.status).toBe(status)
})

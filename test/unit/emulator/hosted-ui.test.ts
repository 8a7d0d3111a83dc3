// @vitest-environment node
import { expect, test } from 'vitest'
import { hostedUi } from '../../../src/emulator/node/hosted-ui.js'

const FILES: Record<string, string> = {
  'challenge.html': '<!doctype html>',
  'challenge.js': 'export {}',
  'parts/code.css': 'a{}',
  'notes.txt': 'private',
}

const serve = (path: string, method = 'GET') => {
  const requested: string[] = []
  const response = hostedUi(new Request(`http://localhost:4010${path}`, { method }), async name => {
    requested.push(name)
    return FILES[name] === undefined ? undefined : new TextEncoder().encode(FILES[name])
  })
  return { response, requested }
}

test.each([
  ['/challenge?token=x&mode=popup', 'text/html; charset=utf-8'],
  ['/hosted-ui/challenge.js', 'text/javascript; charset=utf-8'],
  ['/hosted-ui/parts/code.css', 'text/css; charset=utf-8'],
])(
  '%s is %s, under headers that keep the token in and let apps frame the page',
  async (path, contentType) => {
    const response = (await serve(path).response)!
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': contentType,
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; font-src 'self'; " +
        'frame-ancestors *',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  },
)

test('HEAD returns the headers alone', async () => {
  const response = (await serve('/challenge', 'HEAD').response)!
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test('no path leads out of the folder, and no other kind of file is served', async () => {
  for (const path of [
    '/hosted-ui/../node.js',
    '/hosted-ui/%2e%2e/node.js',
    '/hosted-ui/..%2fnode.js',
    '/hosted-ui/..\\node.js',
    '/hosted-ui/.env.js',
    '/hosted-ui//etc/x.js',
    '/hosted-ui/notes.txt',
    '/hosted-ui/',
    '/challenge/',
  ]) {
    const { response, requested } = serve(path)
    expect(await response).toBeUndefined()
    expect(requested).toEqual([])
  }
})

test('other methods and missing files are left to the emulator', async () => {
  expect(await serve('/challenge', 'POST').response).toBeUndefined()
  expect(await serve('/hosted-ui/missing.js').response).toBeUndefined()
})

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'

const packed: string[] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
)[0].files.map((file: { path: string }) => file.path)

test.each([
  'dist/index.js',
  'dist/index.d.ts',
  'dist/authsignal.umd.js',
  'dist/authsignal.umd.min.js',
  'dist/authsignal.min.mjs',
  'dist/emulator/index.js',
  'dist/emulator/index.d.ts',
  'dist/emulator/cli.js',
  'dist/emulator/hosted-ui/challenge.html',
  'README.md',
  'LICENSE',
])('the package holds %s', file => {
  expect(packed).toContain(file)
})

test('the package holds neither the demo nor the tests', () => {
  expect(packed.filter(file => /^(demo|test|src)\/|^dist\/demo/.test(file))).toEqual([])
})

test('the script-tag file makes one global, authsignal, and nothing else', () => {
  const page = createContext({ URL, TextEncoder, performance, crypto })
  const before = Object.keys(page)
  runInContext(readFileSync('dist/authsignal.umd.min.js', 'utf8'), page)
  expect(Object.keys(page).filter(name => !before.includes(name))).toEqual(['authsignal'])
  expect(Object.keys(page.authsignal).sort()).toEqual([
    'Authsignal',
    'AuthsignalWindowMessage',
    'ErrorCode',
    'WebAuthnError',
    'Whatsapp',
    'createClient',
    'email',
    'emailML',
    'handleRedirect',
    'launch',
    'passkey',
    'push',
    'qrCode',
    'securityKey',
    'sms',
    'totp',
    'whatsapp',
  ])
})

test('the ESM file has the same names as the script-tag file, and its dependencies are external', async () => {
  const code = readFileSync('dist/index.js', 'utf8')
  expect([...code.matchAll(/^import .* from '(.+)';?$/gm)].map(match => match[1]).sort()).toEqual([
    '@simplewebauthn/browser',
    'jwt-decode',
    'ky',
  ])
  expect(await import('authsignal-channels')).toMatchObject({
    Authsignal: expect.any(Function),
    launch: expect.any(Function),
  })
})

test('the emulator runs from the package without its own dependencies installed', () => {
  for (const file of packed.filter(file => /^dist\/emulator\/.*\.js$/.test(file))) {
    const imports = [
      ...readFileSync(file, 'utf8').matchAll(/^\s*(?:import|export)\b[^'"]*from\s*['"]([^'"]+)['"]/gm),
    ]
    for (const [, name = ''] of imports) expect(name.startsWith('.') || isBuiltin(name), name).toBe(true)
  }
})

test('nothing of the emulator that a browser loads needs Node', () => {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const code = readFileSync(`dist/emulator/${file}`, 'utf8')
    expect(code).not.toMatch(/^import .*['"]node:/m)
    for (const [, name] of code.matchAll(/^(?:import|export)\b[^'"]*['"]\.\/([^'"]+)['"]/gm)) visit(name!)
  }
  visit('index.js')
})

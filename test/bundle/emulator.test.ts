import { readdirSync, readFileSync } from 'node:fs'
import * as esbuild from 'esbuild'
import { expect, test } from 'vitest'
import { register, sign } from '../support/software-authenticator.js'

/** What Node has, and a page or a worker has not. */
const NODE_GLOBALS = ['process', 'Buffer', 'global', 'require', 'module', 'exports', 'setImmediate']

/** The modules that are loaded when the emulator is imported. */
function imported(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !file.startsWith('./')) return seen.add(file)
  seen.add(file)
  const code = readFileSync(`dist/emulator/${file}`, 'utf8')
  for (const [, next] of code.matchAll(/(?:^|[;\n])(?:import|export)\b[^'"()=]*['"]([^'"]+)['"]/g))
    imported(next!, seen)
  return seen
}

test('importing the emulator loads nothing of Node, nor what only requests need', () => {
  expect([...imported('./index.js')].sort()).toEqual(['./emulator.js', './index.js'])
})

test('the emulator runs where there is nothing of Node, passkeys and authenticator apps included', async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['dist/emulator/index.js'],
    // What serves over HTTP and what sends e-mail. Neither is loaded before it is used.
    external: ['./node.js', './nodemailer.js'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'library',
    logLevel: 'error',
  })
  const { createEmulator } = new Function(...NODE_GLOBALS, `${outputFiles[0]!.text}; return library`)()
  const { fetch } = createEmulator()

  const post = async (path: string, authorization: string, body: object) => {
    const init = { method: 'POST', headers: { Authorization: authorization }, body: JSON.stringify(body) }
    return (await fetch(`/v1${path}`, init)).json()
  }
  const { token } = await post('/users/jane/actions/pay', `Basic ${btoa('demo-secret:')}`, {})
  const bearer = `Bearer ${token}`
  expect(await post('/client/user-authenticators/totp', bearer, {})).toHaveProperty('secret')

  const passkey = '/client/user-authenticators/passkey'
  const begun = await post(`${passkey}/registration-options`, bearer, {})
  const { key, response } = await register(begun.options)
  expect(await post(passkey, bearer, { registrationCredential: response })).toMatchObject({
    isVerified: true,
  })
  const tenant = `Basic ${btoa('demo-tenant')}`
  const { options } = await post(`${passkey}/authentication-options`, tenant, {})
  const authenticationCredential = await sign(key, options)
  expect(await post('/client/verify/passkey', tenant, { authenticationCredential })).toMatchObject({
    isVerified: true,
    userId: 'jane',
  })

  const project = 'Bearer P2localdemo00000000000000000'
  const started = await post('/auth/notp/whatsapp/signup-in', project, {})
  expect(started.image).toMatch(/^iVBORw0KGgo/)
})

test('no file of the SDK or the elements holds code of the emulator or the test kits', () => {
  const maps = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.map') && !/^(emulator|testing|demo|binary)\//.test(file),
  )
  expect(maps.length).toBeGreaterThan(20)
  for (const file of maps) {
    const { sources } = JSON.parse(readFileSync(`dist/${file}`, 'utf8')) as { sources: string[] }
    expect([file, ...sources.filter(source => /src\/(emulator|testing)\//.test(source))]).toEqual([file])
  }
})

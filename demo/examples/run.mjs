/**
 * `npm run example -- react` serves one example with its backend and the emulator.
 *
 * The examples are written like apps of your own: for an emulator at its usual address, and for the package from
 * npm. This script serves everything on one port, and uses the package that was built in this folder.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Authsignal, VerificationMethod } from '@authsignal/node'
import vue from '@vitejs/plugin-vue'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { Hono } from 'hono'
import { build, runnerImport } from 'vite'

const EXAMPLES = ['script-tag', 'plain', 'react', 'vue', 'server-rendering']
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' }

const folder = fileURLToPath(new URL('.', import.meta.url))
const sdk = fileURLToPath(new URL('../../dist/', import.meta.url))
const read = path => readFileSync(path, 'utf8')

const { name, port } = readArguments()
if (name) await run(name, port)

function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string', default: '4020' } },
    })
    const [name = ''] = positionals
    const port = Number(values.port)
    if (EXAMPLES.includes(name) && /^\d+$/.test(values.port) && port < 65_536) return { name, port }
  } catch {
    // An unknown option.
  }
  console.error(`Name an example: npm run example -- ${EXAMPLES.join('|')} [--port 4020]`)
  process.exitCode = 1
  return {}
}

async function run(name, port) {
  const emulator = createEmulator()
  // The built files contain the address, which is known only when the port is open.
  let handle = () => new Response('Not ready yet', { status: 503 })
  const server = { fetch: request => handle(request), connect: emulator.connect }
  const listening = await listen(server, { port }).catch(error => {
    console.error(`${error.message} npm run example -- ${name} --port 0`)
    process.exit(1)
  })
  const { url } = listening

  const here = text =>
    text
      .replaceAll('http://localhost:4010', url)
      .replace(/https:\/\/unpkg\.com\/authsignal-channels@[^/]+\/dist/, '')
  const config = settings(here)
  const { backend } = await load('backend.ts', config)
  const files = await filesOf(name, here, config)
  const app = new Hono().use(withPhone).route('/', backend)
  if (name === 'server-rendering') app.route('/', (await load('server-rendering/server.tsx', config)).pages)
  app.get('*', async (c, next) => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path
    const file = files.get(path)
    if (file === undefined) return next()
    return c.body(file, 200, { 'content-type': TYPES[path.split('.').at(-1)] })
  })
  app.get('/favicon.ico', c => c.body(null, 204))
  app.all('*', c => emulator.fetch(c.req.raw))
  handle = request => app.fetch(request)
  await enrolUser(url, emulator.config)

  console.log(`
  The example is ready: ${url}

  Codes     arrive on the page, below the example, and at ${url}/emulator/messages
  Sources   demo/examples/${name}/, demo/examples/backend.ts

  Ctrl+C stops it.
`)
}

/** The user of the examples has verified the number earlier, at sign-up. */
async function enrolUser(url, { apiSecretKey }) {
  const authsignal = new Authsignal({ apiSecretKey, apiUrl: `${url}/v1` })
  for (const verificationMethod of [VerificationMethod.SMS, VerificationMethod.WHATSAPP]) {
    const attributes = { verificationMethod, phoneNumber: '+64210000001' }
    await authsignal.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
  }
}

/** Vite's settings for this example. An app of your own needs only the plugin for its framework. */
function settings(here) {
  return {
    root: folder,
    configFile: false,
    logLevel: 'warn',
    plugins: [vue(), { name: 'address', transform: code => here(code) }],
    resolve: { alias: { 'authsignal-channels': `${sdk}index.js` } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  }
}

async function load(file, config) {
  const { module } = await runnerImport(folder + file, config)
  return module
}

/** The files that the server serves, by path. */
async function filesOf(name, here, config) {
  const files = new Map([
    ['/style.css', read(`${folder}style.css`)],
    ['/src/elements/theme.css', read(`${folder}../../src/elements/theme.css`)],
    ['/phone.js', read(`${folder}phone.js`)],
  ])
  if (name === 'script-tag') {
    files.set('/index.html', here(read(`${folder}script-tag/index.html`)))
    files.set('/authsignal.umd.min.js', read(`${sdk}authsignal.umd.min.js`))
    return files
  }
  const { output } = await build({
    ...config,
    root: `${folder}${name}/`,
    // The development build, so that StrictMode runs its checks.
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: `${folder}${name}/${name === 'server-rendering' ? 'client.tsx' : 'index.html'}`,
        output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })
  for (const file of output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source)
  return files
}

/** Adds the phone to every page. */
async function withPhone(c, next) {
  await next()
  const isPage = c.res.headers.get('content-type')?.startsWith('text/html')
  const isOurs = ['/', '/paid'].includes(c.req.path)
  if (!isPage || !isOurs) return
  const page = await c.res.text()
  c.res = new Response(
    page.replace('</body>', '<script type="module" src="/phone.js"></script></body>'),
    c.res,
  )
}

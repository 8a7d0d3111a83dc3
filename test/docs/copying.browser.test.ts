/** A reader starts with an empty folder, copies what the guides show, and runs what they say. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { createServer, type Plugin, type UserConfig } from 'vite'
import { afterAll, beforeAll, vi } from 'vitest'
import { test } from '../support/browser.js'
import { block, CACHE, runBlock } from '../support/documentation.js'
import { type Service, startService } from '../support/service.js'

const FOLDER = join(CACHE, 'copied')
const ADDRESS = 'http://localhost:3000'

let service: Service
let url: string
let site: ChildProcess

/** The addresses are taken on this machine, perhaps; nothing else of what is copied is changed. */
const here = (code: string) =>
  code
    .replaceAll('http://localhost:4010', service.url)
    .replaceAll(ADDRESS, url)
    .replace('port: 3000', `port: ${new URL(url).port}`)
    .replace(/https:\/\/unpkg\.com\/authsignal-channels@[^/]+\/dist/, '')

/** What a guide shows, as the file that it says. */
function copy(shown: string, path: string) {
  write(path, block(shown).code)
}

function write(path: string, code: string) {
  mkdirSync(join(FOLDER, dirname(path)), { recursive: true })
  writeFileSync(join(FOLDER, path), here(code))
}

beforeAll(async () => {
  service = await startService()
  url = `http://localhost:${await freePort()}`
  rmSync(FOLDER, { recursive: true, force: true })
  write('package.json', '{ "type": "module" }')
  mkdirSync(join(FOLDER, 'node_modules'))
  symlinkSync(process.cwd(), join(FOLDER, 'node_modules/authsignal-channels'), 'dir')
  copy('demo/examples/script-tag/index.html', 'public/index.html')
  copy('demo/examples/backend.ts', 'backend.ts')
  copy('demo/examples/server.ts', 'server.ts')
  copy('demo/examples/step-up.ts', 'src/step-up.ts')

  await start('server.ts')
})
afterAll(async () => {
  site.kill()
  await service.close()
  rmSync(FOLDER, { recursive: true, force: true }) // it has a link to this folder in it
})

test('the page of the script-tag guide pays', async ({ page, context }) => {
  await context.route('**/authsignal.umd.min.js', route =>
    route.fulfill({ path: 'dist/authsignal.umd.min.js' }),
  )
  await page.goto(url)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await pay(page)
})

test('the React component pays, in an app that Vite serves', async ({ page }) => {
  copy('demo/examples/react/step-up.tsx', 'src/components/step-up.tsx')
  write(
    'index.html',
    '<!doctype html><html lang="en"><title>App</title><div id="root"></div><script type="module" src="/src/main.tsx"></script>',
  )
  write(
    'src/main.tsx',
    `import { createRoot } from 'react-dom/client'
     import { StepUp } from './components/step-up'
     createRoot(document.querySelector('#root')!).render(<StepUp />)`,
  )
  await payIn(page, FOLDER)
})

test('the Vue component pays, in an app that Vite serves', async ({ page }) => {
  copy('demo/examples/vue/use-step-up.ts', 'src/components/use-step-up.ts')
  copy('demo/examples/vue/step-up.vue', 'src/components/step-up.vue')
  write(
    'index.html',
    '<!doctype html><html lang="en"><title>App</title><div id="root"></div><script type="module" src="/src/main.ts"></script>',
  )
  write(
    'src/main.ts',
    `import { createApp } from 'vue'
     import StepUp from './components/step-up.vue'
     createApp(StepUp).mount('#root')`,
  )
  await payIn(page, FOLDER, vue())
})

test('the plain page pays, in a folder that Vite serves', async ({ page }) => {
  copy('demo/examples/plain/index.html', 'src/app/index.html')
  copy('demo/examples/plain/main.ts', 'src/app/main.ts')
  write('src/style.css', '')
  await payIn(page, join(FOLDER, 'src/app'))
})

test('the server of the server-rendering guide pays, alive in the browser', async ({ page }) => {
  copy('demo/examples/step-up.ts', 'step-up.ts')
  copy('demo/examples/react/step-up.tsx', 'react/step-up.tsx')
  for (const file of ['server.tsx', 'page.ts', 'client.tsx', 'main.ts'])
    copy(`demo/examples/server-rendering/${file}`, `server-rendering/${file}`)
  await buildFor('browser', 'server-rendering/client.tsx', 'public/client.js')
  site.kill()
  await start('server-rendering/main.ts')
  await page.goto(url)
  await page.getByRole('button', { name: 'Continue' }).click()
  await pay(page)
})

/** As esbuild does for the browser, and tsx for Node. */
const buildFor = (platform: 'browser' | 'node', entry: string, outfile: string) =>
  build({
    entryPoints: [join(FOLDER, entry)],
    outfile: join(FOLDER, outfile),
    bundle: true,
    jsx: 'automatic',
    ...(platform === 'node' && { packages: 'external', format: 'esm' }),
  })

async function start(entry: string) {
  await buildFor('node', entry, 'started.js')
  site = spawn(process.execPath, ['started.js'], { cwd: FOLDER, stdio: 'inherit' })
  await vi.waitFor(() => fetch(url), { timeout: 20_000 })
}

/** Serves a folder with the settings of the guide, and pays there. */
async function payIn(page: Page, root: string, plugin?: Plugin) {
  const { default: settings } = await runBlock<{ default: UserConfig }>('single-page-app/proxy', service.url)
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: resolve(CACHE, 'vite'),
    plugins: [plugin],
    oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
    server: { port: await freePort(), proxy: JSON.parse(here(JSON.stringify(settings.server?.proxy))) },
  })
  try {
    await server.listen()
    await page.goto(server.resolvedUrls!.local[0]!)
    await page.getByRole('button', { name: 'Continue' }).click()
    await pay(page)
  } finally {
    await server.close()
  }
}

async function pay(page: Page) {
  await page.getByLabel('Code', { exact: true }).fill(await service.emulator.messages.nextCode())
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('status').getByText('Paid.', { exact: true }).waitFor()
}

function freePort(): Promise<number> {
  const server = createHttpServer()
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

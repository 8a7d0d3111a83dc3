/** The package as it gets into a page: through each bundler, and by both kinds of script tag from a CDN. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { test } from '../support/browser.js'
import { bundlers } from '../support/bundlers.js'
import { html, type Route, serve } from '../support/site.js'
import { APP, filesIn, integrityOf, read } from './packed.js'
import { type PackedService, startService } from './service.js'

const SOURCES = join(APP, 'src')

let service: PackedService

beforeAll(async () => {
  cpSync('test/package/app', SOURCES, { recursive: true })
  service = await startService()
})
afterAll(() => service.close())

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`an app that ${name} has built, without a warning, steps users up, and has an emulator in its page`, async ({
    page,
  }) => {
    const folder = join(APP, name)
    // The emulator is large. Minified files of the SDK run in the other tests.
    expect(await bundle(join(SOURCES, 'with-emulator.js'), folder, false)).toEqual([])
    await openApp(page, { '/': html('<script type="module" src="/main.js"></script>'), ...routesOf(folder) })
    expect(await page.evaluate('stepUp()')).toMatchObject({ token: expect.stringMatching(/^ey/) })
  })
}

test('a module script steps users up, with the file of a CDN and its hash', async ({ page }) => {
  const file = await onCdn('dist/authsignal.min.mjs')
  const map = {
    imports: { 'authsignal-channels': file.url },
    integrity: { [file.url]: file.integrity },
  }
  await openApp(page, {
    '/': html(`
      <script type="importmap">${JSON.stringify(map)}</script>
      <script type="module" src="/main.js"></script>`),
    '/main.js': pathToFileURL(join(SOURCES, 'main.js')),
  })
})

for (const name of ['dist/authsignal.umd.js', 'dist/authsignal.umd.min.js']) {
  test(`a classic script steps users up, with ${name} of a CDN and its hash`, async ({ page }) => {
    const file = await onCdn(name)
    const app = readFileSync(join(SOURCES, 'main.js'), 'utf8')
    await openApp(page, {
      '/': html(`
        <script src="${file.url}" integrity="${file.integrity}" crossorigin="anonymous"></script>
        <script>${app.replace(/^import (.+) from .+$/m, 'const $1 = authsignal')}</script>`),
    })
  })
}

test('a classic script steps users up, with dist/authsignal.core.umd.min.js of a CDN and its hash', async ({
  page,
}) => {
  const file = await onCdn('dist/authsignal.core.umd.min.js')
  await open(page, {
    '/': html(`
      <script src="${file.url}" integrity="${file.integrity}" crossorigin="anonymous"></script>
      <script>
        const { tenantId, baseUrl } = Object.fromEntries(new URLSearchParams(location.search))
        const { createClient, whatsapp } = authsignal
        window.client = createClient({ tenantId, baseUrl, channels: { whatsapp } })
      </script>`),
  })
  await page.waitForFunction('window.client')
  await service.expectStepUp(page, 'client')
})

/** Opens the app, and has a user step up with each of its clients. */
async function openApp(page: Page, routes: Record<string, Route>) {
  await open(page, routes)
  await page.waitForFunction('window.clients')
  await service.expectStepUp(page, 'clients.createClient')
  await service.expectStepUp(page, 'clients.Authsignal')
}

async function open(page: Page, routes: Record<string, Route>) {
  const { tenantId, baseUrl } = service
  const site = await serve(routes)
  onTestFinished(site.close)
  await page.goto(`${site.url}/?${new URLSearchParams({ tenantId, baseUrl })}`)
}

function routesOf(folder: string): Record<string, Route> {
  return Object.fromEntries(filesIn(folder).map(file => [`/${file}`, pathToFileURL(join(folder, file))]))
}

/** A published file on another origin, which lets every page load it. */
async function onCdn(file: string) {
  const headers = { 'access-control-allow-origin': '*' }
  const cdn = await serve({ [`/${file}`]: { type: 'text/javascript', body: read(file), headers } })
  onTestFinished(cdn.close)
  return { url: `${cdn.url}/${file}`, integrity: integrityOf(file) }
}

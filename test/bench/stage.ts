/**
 * The environment of the browser benchmarks: one Chromium, an app's page with both SDKs, and a hosted page that
 * finishes immediately.
 *
 * @module
 */
import type { Browser, Page } from 'playwright-core'
import { SDKS } from '../browser/sdks.js'
import { launchChromium } from '../support/chromium.js'
import { html, type Route, type Site, serve } from '../support/site.js'
import { interleave } from './interleave.js'

type Client = import('authsignal-channels').Authsignal
type Sdk = typeof import('authsignal-channels')

declare global {
  interface Window {
    interleave: typeof interleave
    /** Both SDKs under the same names, used through the API that both have. */
    original: Sdk
    ours: Sdk
    /** A client of each. */
    clients: Record<'original' | 'ours', Client>
  }
}

export interface Stage {
  readonly browser: Browser
  /** The URL of the hosted page, which returns a token as soon as it has loaded. */
  readonly hostedUrl: string
  /** Opens the app's page in a new window. */
  openApp(path?: '/' | '/isolated'): Promise<Page>
  close(): Promise<void>
}

export const TOKEN = 'token-of-the-track-call'

/** The clock of a cross-origin isolated page has a resolution of 5 µs instead of 100 µs. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

const APP = `
  <title>App</title>
  <h1>App</h1>
  <script src="/original.js"></script>
  <script>window.original = window.authsignal</script>
  <script src="/ours.js"></script>
  <script>
    window.ours = window.authsignal
    window.clients = Object.fromEntries(['original', 'ours'].map(name => {
      const client = new window[name].Authsignal({ tenantId: 'acme', baseUrl: location.origin + '/v1' })
      client.setToken('${TOKEN}')
      return [name, client]
    }))
  </script>`

const HOSTED = `
  <title>Hosted</title>
  <script>
    const tell = message => parent.postMessage(JSON.stringify(message), '*')
    tell({ event: 'AUTHSIGNAL_READY' })
    tell({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'token-of-the-hosted-page' })
  </script>`

export async function startStage(): Promise<Stage> {
  const [original, ours] = SDKS
  const app = await serve({
    '/': html(APP),
    '/isolated': html(APP, ISOLATION),
    '/blank': html('<body>', ISOLATION),
    '/original.js': original.file,
    '/ours.js': ours.file,
    '/v1/client/challenge/sms': challenge,
  })
  // Another origin of the same site, so that frames need no process of their own.
  const ui: Site = await serve({ '/challenge': html(HOSTED) })
  const browser = await launchChromium({ desktop: true })

  return {
    browser,
    hostedUrl: `${ui.url}/challenge?token=${TOKEN}`,
    async openApp(path = '/') {
      const context = await browser.newContext()
      await context.addInitScript(`window.interleave = ${interleave}`)
      const page = await context.newPage()
      await page.goto(app.url + path)
      return page
    },
    async close() {
      await browser.close()
      await Promise.all([app.close(), ui.close()])
    },
  }
}

const challenge: Route = (_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"challengeId":"challenge-1"}')

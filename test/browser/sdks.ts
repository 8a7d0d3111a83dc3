/**
 * The two SDKs that the same pages are tried with: the original as it is on npm, and ours.
 *
 * @module
 */
import { test as base } from '../support/actions.js'
import { built, html, serve } from '../support/site.js'

export const SDKS = [
  {
    name: '@authsignal/browser',
    file: new URL('../../node_modules/@authsignal/browser/dist/index.min.js', import.meta.url),
  },
  { name: 'authsignal-channels', file: built('authsignal.umd.min.js') },
] as const

/** Tests with an app whose page has a `client` of this SDK. */
export const testWith = (sdk: URL) =>
  base.extend('app', async ({ settings }, { onCleanup }) => {
    const app = await serve({
      '/': html(`
        <title>App</title>
        <h1>App</h1>
        <input autocomplete="username webauthn" aria-label="E-mail">
        <script src="/sdk.js"></script>
        <script>window.client = new authsignal.Authsignal(${JSON.stringify(settings)})</script>`),
      '/sdk.js': sdk,
      '/fp/tags.js': { type: 'text/javascript', body: '' },
    })
    onCleanup(app.close)
    return app
  })

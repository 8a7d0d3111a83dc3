/**
 * An app's page: the button launches what the test has put into `app.launchInput`, and its result
 * can be read back.
 *
 * With `?launch=<url>` in its address it launches a window as soon as it has loaded, without a click.
 */
import { Authsignal } from '/authsignal.min.mjs'

const {
  tenantId = 'acme',
  baseUrl = `${location.origin}/v1`,
  timeout,
  launch,
} = Object.fromEntries(new URLSearchParams(location.search))

const app = {
  client: new Authsignal({ tenantId, baseUrl, timeout: Number(timeout ?? 60_000) }),
  controller: new AbortController(),
  launchInput: [],
  outcome: undefined,
  /** How often a launch has settled. */
  settlements: 0,
  /** What onError was called with. */
  reported: [],
  /** How many messages have reached this page, from any sender. */
  received: 0,
  violations: [],
  /** Whether the page, each time it was shown, came out of the back-forward cache. */
  shows: [],
  launch() {
    const [url, options] = app.launchInput
    app.outcome = app.client.launch(url, {
      ...options,
      signal: app.controller.signal,
      onError: error => app.reported.push(error),
    })
    app.outcome?.then(() => app.settlements++)
  },
}

document.querySelector('button').addEventListener('click', app.launch)
addEventListener('pageshow', event => app.shows.push(event.persisted))
addEventListener('message', () => app.received++)
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  // The browser's own wish.
  if (!blockedURI.endsWith('/favicon.ico')) app.violations.push(`${violatedDirective} ${blockedURI}`)
})
window.app = app

if (launch) {
  app.launchInput = [launch, { mode: 'window' }]
  app.launch()
}

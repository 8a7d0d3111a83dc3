/**
 * `/` and `/emulator/`: the addresses of the emulator, for a developer who opens it in a browser. Test runners poll it
 * until the emulator has started. `listen()` serves the inspector in its place.
 */

import { Hono } from 'hono'
import { version } from '../options.js'

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>authsignal-channels emulator</title>
<h1>The emulator is running</h1>
<p>authsignal-channels ${version}. The base URL is this address and <code>/v1</code>.</p>
<ul>
<li><a href="/emulator/messages">Inbox</a>: the messages that phones and mailboxes have received
<li><a href="/emulator/health">Health</a>: the tenant ID and the project ID
</ul>
</html>
`

/** The header that tells `listen()` that a response is this page. */
export const INDEX_PAGE = 'Emulator-Index-Page'

const HEADERS = {
  [INDEX_PAGE]: version,
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

export function indexPage(): Hono {
  const page = () => new Response(HTML, { headers: HEADERS })
  return new Hono().get('/', page).get('/emulator', page).get('/emulator/', page)
}

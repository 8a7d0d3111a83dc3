/**
 * The pages of launch tests: an app's page, and a page in place of the hosted one, of two origins.
 *
 * The scripts of both are in `pages/`.
 *
 * @module
 */
import { built, html, type Route, type Site, serve } from './site.js'

/** What `pages/host.js` puts on its page. */
export interface App {
  readonly client: import('authsignal-channels').Authsignal
  readonly controller: AbortController
  launchInput: [url: string, options?: object]
  readonly outcome: Promise<Outcome> | undefined
  readonly settlements: number
  readonly reported: object[]
  readonly received: number
  readonly violations: string[]
  readonly shows: boolean[]
  launch(): void
}

export type Outcome = { readonly token?: string; readonly errorCode?: string }

declare global {
  // What `evaluate()` finds on the pages.
  var app: App
  interface Window {
    /** Of `pages/leftovers.js`. */
    running?: () => { timers: number; listeners: string[] }
    /** Of `pages/ui.js`. */
    tell?: (message: unknown) => void
    tellEvent?: (event: string, details?: object) => void
  }
}

export const CONTAINER = '#__authsignal-popup-container'
export const FRAME = '#__authsignal-popup-iframe'
export const CLOSED = { errorCode: 'popup_closed' }
export const TOKEN = { token: 'token-of-the-hosted-page' }

/** Buttons of the hosted page, and of the popup itself. */
export const APPROVE = 'button:nth-of-type(1)'
export const CANCEL = 'button:nth-of-type(2)'
export const FAIL = 'button:nth-of-type(3)'
export const CLOSE = 'button[aria-label="Close"]'

export const pageFile = (name: string) => new URL(`pages/${name}`, import.meta.url)

const SCRIPTS = '<script src="/collect-errors.js"></script><script src="/leftovers.js"></script>'

/** The body of an app's page: what comes before the button, and after it. */
export const appBody = (before = '', after = '') =>
  `${SCRIPTS}<title>App</title>${before}<main><h1>App</h1><button>Pay</button>${after}</main><script type="module" src="/host.js"></script>`

const UI_BODY =
  '<title>Hosted</title><h1>Confirm</h1><button>Approve</button><button>Cancel</button><button>Fail</button><input aria-label="Code"><script src="/ui.js"></script>'

/** Serves apps: `/` is a plain one, `/elsewhere` a page that has nothing to do with it. */
export const serveApp = (routes: Readonly<Record<string, Route>> = {}): Promise<Site> =>
  serve({
    '/': html(appBody()),
    '/elsewhere': html('<title>Elsewhere</title>'),
    '/host.js': pageFile('host.js'),
    '/leftovers.js': pageFile('leftovers.js'),
    '/collect-errors.js': pageFile('collect-errors.js'),
    '/authsignal.min.mjs': built('authsignal.min.mjs'),
    '/authsignal.js': built('authsignal.umd.js'),
    // Responds with the token of the request.
    '/v1/client/challenge/sms': (request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ challengeId: request.headers.authorization })),
    ...routes,
  })

/** Serves hosted pages: `/challenge`, and others of the same origin. */
export const serveUi = (routes: Readonly<Record<string, Route>> = {}): Promise<Site> =>
  serve({
    '/challenge': html(`<script src="/collect-errors.js"></script>${UI_BODY}`),
    '/isolated': html(`<script src="/collect-errors.js"></script>${UI_BODY}`, {
      'cross-origin-opener-policy': 'same-origin',
    }),
    '/ui.js': pageFile('ui.js'),
    '/collect-errors.js': pageFile('collect-errors.js'),
    ...routes,
  })

/**
 * `/magic-link/{challengeId}/{secret}`: the page of the link in an e-mail.
 *
 * Opening the page changes nothing, because mail scanners open links too; its button verifies the challenge. The
 * page has no script, so it works in any browser.
 */

import { Hono } from 'hono'
import type { LinkState } from '../authsignal/challenges.js'
import { ApiError } from '../lib/errors.js'
import type { Random } from '../lib/random.js'
import type { Service } from '../service.js'

/** `done` and `refused` are shown after the button. */
type MagicLinkScreen = LinkState | 'done' | 'refused'

interface Wording {
  readonly status: number
  readonly title: string
  readonly text: string
}

const WORDINGS: Record<MagicLinkScreen, Wording> = {
  open: { status: 200, title: 'Is this you?', text: 'Confirm that you requested this link.' },
  done: {
    status: 200,
    title: 'You are verified',
    text: 'Return to the page where you requested the link. It continues automatically.',
  },
  used: {
    status: 410,
    title: 'This link was used already',
    text: 'Request a new one if you still need it.',
  },
  expired: { status: 410, title: 'This link has expired', text: 'Request a new one.' },
  refused: {
    status: 502,
    title: 'You could not be verified',
    text: 'Try again, or request a new link.',
  },
  unknown: {
    status: 404,
    title: 'This link is not valid',
    text: 'Check that it was copied completely, or request a new one.',
  },
}

/** Inline, because only `listen()` serves files. */
const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center }
  main { padding: 2rem; max-width: 24rem }
  h1 { font-size: 1.5rem; line-height: 1.2 }
  button { font: inherit; min-height: 44px; padding: 0 1.5rem; cursor: pointer;
    border: 1px solid transparent; border-radius: 8px; background: #3b4fd8; color: #fff }
  button:hover { background: #2f40b8 }
`

export function magicLinkRoutes({ challenges, config, random }: Service): Hono {
  return new Hono()
    .get('/magic-link/:challengeId/:secret', c => {
      const { challengeId, secret } = c.req.param()
      const state = challenges.linkState(challenges.find(challengeId), secret)
      return magicLinkPage(state, config.tenantId, random)
    })
    .post('/magic-link/:challengeId/:secret', async c => {
      const { challengeId, secret } = c.req.param()
      const state = await challenges.follow(challenges.find(challengeId), secret).catch(error => {
        if (error instanceof ApiError) return 'refused' as const
        throw error
      })
      return magicLinkPage(state === 'open' ? 'done' : state, config.tenantId, random)
    })
}

function magicLinkPage(screen: MagicLinkScreen, tenantId: string, random: Random): Response {
  const { status, title, text } = WORDINGS[screen]
  const nonce = random.hex(16)
  const form = '<form method="post"><button type="submit">Yes, it is me</button></form>'
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<p>${escapeHtml(tenantId)}</p>
<h1>${title}</h1>
<p>${text}</p>
${screen === 'open' ? form : ''}
</main>
</body>
</html>
`
  return new Response(html, { status, headers: headers(nonce) })
}

const headers = (nonce: string) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // The secret is part of the address.
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
})

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

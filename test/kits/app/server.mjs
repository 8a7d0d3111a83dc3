/** An app with a step-up by every method, for the tests of the kits. Its settings are in the environment. */
import { readFileSync } from 'node:fs'
import { Authsignal } from '@authsignal/node'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import QRCode from 'qrcode'

const { AUTHSIGNAL_API_SECRET_KEY, AUTHSIGNAL_API_URL, AUTHSIGNAL_TENANT_ID, AUTHSIGNAL_BASE_URL, PORT } =
  process.env
const backend = new Authsignal({
  apiSecretKey: AUTHSIGNAL_API_SECRET_KEY,
  apiUrl: AUTHSIGNAL_API_URL,
  retries: 0,
})
const user = { userId: 'jane', action: 'pay' }
const file = (path, type) => {
  const body = readFileSync(new URL(path, import.meta.url))
  return () => new Response(body, { headers: { 'content-type': type } })
}

const app = new Hono()
  .get('/', file('index.html', 'text/html; charset=utf-8'))
  .get('/authsignal.js', file('../../../dist/authsignal.umd.min.js', 'text/javascript'))
  .get('/settings', c => c.json({ tenantId: AUTHSIGNAL_TENANT_ID, baseUrl: AUTHSIGNAL_BASE_URL }))
  .get('/qr', async c =>
    c.body(await QRCode.toString(c.req.query('text'), { type: 'svg' }), 200, {
      'content-type': 'image/svg+xml',
    }),
  )
  .post('/start', async c => c.json(await backend.track(user)))
  .post('/finish', async c => c.json(await backend.validateChallenge({ ...user, ...(await c.req.json()) })))

serve({ fetch: app.fetch, port: Number(PORT) })

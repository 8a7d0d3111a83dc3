/** The device ID in tabs that start at once, each with a process and a cookie jar of its own to look into. */
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { built, html, type Site, serve } from '../support/site.js'

const ROUNDS = 20

let site: Site

beforeAll(async () => {
  site = await serve({
    '/': html('<title>Shop</title><script src="/sdk.js"></script>'),
    '/sdk.js': built('authsignal.umd.min.js'),
  })
})

afterAll(() => site.close())

test(
  `two tabs that start at once agree on one device ID, ${ROUNDS} times`,
  async ({ context }) => {
    const tabs = await Promise.all([context.newPage(), context.newPage()])
    // Opened without an opener, so each has its own process.
    await Promise.all(tabs.map(tab => tab.goto(site.url)))
    for (let round = 0; round < ROUNDS; round++) {
      await context.clearCookies()
      const start = Date.now() + 30
      await Promise.all(
        tabs.map(tab =>
          tab.evaluate(`{
          while (Date.now() < ${start});
          client = new authsignal.Authsignal({ tenantId: 'acme' })
          undefined
        }`),
        ),
      )
      const ids = await Promise.all(
        tabs.map(tab =>
          tab.evaluate<string[]>(
            `[client.anonymousId, authsignal.createClient({ tenantId: 'acme' }).anonymousId]`,
          ),
        ),
      )
      const cookies = await context.cookies()
      expect(new Set(ids.flat())).toEqual(new Set(cookies.map(({ value }) => value)))
      expect(cookies).toHaveLength(1)
    }
  },
  6 * PATIENCE,
)

/**
 * What a test of the hosted page is given: a user, the page for an action of the user, and the app to return to.
 *
 * @module
 */
import type { TestUser, UserOptions } from 'authsignal-channels/testing/vitest'
import { test as base } from './browser.js'
import { built, html, serve } from './site.js'

export interface Hosted {
  /** Adds the user jane, and tracks an action of hers. Returns the address of the hosted page. */
  track(options?: UserOptions, attributes?: object): Promise<string>
  /** The same, and opens the page. */
  visit(options?: UserOptions, attributes?: object): Promise<TestUser>
  /** Opens the page for another action of jane. */
  visitAgain(attributes?: object): Promise<void>
  /** What the backend reads from the address that jane returns to. */
  comeBack(): Promise<object>
}

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
    const app = await serve({
      '/': html('<title>App</title><h1>App</h1><script src="/authsignal.js"></script>'),
      '/authsignal.js': built('authsignal.umd.js'),
    })
    onCleanup(app.close)
    return app
  })
  .extend('hosted', ({ app, authsignal, backend, page }): Hosted => {
    const action = { userId: 'jane', action: 'pay' }
    const track = async (attributes: object) => {
      const redirectUrl = `${app.url}/?order=7`
      return (await backend.track({ ...action, attributes: { redirectUrl, ...attributes } })).url
    }
    return {
      async track(options, attributes = {}) {
        await authsignal.user('jane', options)
        return track(attributes)
      },
      async visit(options, attributes = {}) {
        const jane = await authsignal.user('jane', options)
        await page.goto(await track(attributes))
        return jane
      },
      async visitAgain(attributes = {}) {
        await page.goto(await track(attributes))
      },
      async comeBack() {
        await page.waitForURL(address => address.origin === app.url)
        const { searchParams } = new URL(page.url())
        if (searchParams.get('order') !== '7')
          throw new Error(`The address of the app is lost: ${page.url()}`)
        return backend.validateChallenge({ ...action, token: searchParams.get('token')! })
      },
    }
  })

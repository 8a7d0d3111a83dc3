/**
 * The emulator out of the tarball on a port, and a backend that has users step up against it.
 *
 * @module
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as support from '../support/service.js'
import { manifest, PACKAGE } from './packed.js'

export type PackedService = Awaited<ReturnType<typeof startService>>

export async function startService() {
  const file = join(PACKAGE, manifest.exports['./emulator'].default)
  const service = await support.startService({}, await import(pathToFileURL(file).href))
  const { backend, newUser } = service

  return {
    ...service,
    /** A user of the page confirms a payment with this client, an expression, and the backend accepts it. */
    async expectStepUp(page: Page, client: string) {
      const { userId, phoneNumber, nextCode } = await newUser()
      const { token } = await backend.track({ userId, action: 'pay', attributes: { phoneNumber } })
      await page.evaluate(`${client}.setToken(${JSON.stringify(token)})`)
      expect(await page.evaluate(`${client}.whatsapp.challenge()`)).toHaveProperty('challengeId')
      const code = await nextCode('WHATSAPP')
      const verified = await page.evaluate<{ token?: string }>(
        `${client}.whatsapp.verify({ code: '${code}' })`,
      )
      const { state } = await backend.validateChallenge({ userId, action: 'pay', token: verified.token! })
      expect(state).toBe('CHALLENGE_SUCCEEDED')
    },
  }
}

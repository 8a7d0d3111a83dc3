/**
 * The emulator out of the tarball on a port, and a backend that has users step up against it.
 *
 * @module
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Authsignal } from '@authsignal/node'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PHONE } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'
import { manifest, PACKAGE } from './packed.js'

export type PackedService = Awaited<ReturnType<typeof startService>>

export async function startService() {
  const file = join(PACKAGE, manifest.exports['./emulator'].default)
  const library: typeof import('authsignal-channels/emulator') = await import(pathToFileURL(file).href)
  const emulator = library.createEmulator()
  const { url, close } = await library.listen(emulator, { port: 0 })
  const { tenantId, apiSecretKey } = emulator.config
  const baseUrl = `${url}/v1`
  const backend = new Authsignal({ apiSecretKey, apiUrl: baseUrl, retries: 0 })
  const action = { userId: 'jane', action: 'pay' }

  return {
    tenantId,
    baseUrl,
    close,
    /** The user jane confirms a payment on the page with this client, an expression, and the backend accepts it. */
    async expectStepUp(page: Page, client: string) {
      emulator.reset()
      const { token } = await backend.track({ ...action, attributes: { phoneNumber: PHONE } })
      await page.evaluate(`${client}.setToken(${JSON.stringify(token)})`)
      expect(await page.evaluate(`${client}.whatsapp.challenge()`)).toHaveProperty('challengeId')
      const code = await emulator.messages.nextCode({ to: PHONE, timeout: PATIENCE })
      const verified = await page.evaluate<{ token?: string }>(
        `${client}.whatsapp.verify({ code: '${code}' })`,
      )
      const { state } = await backend.validateChallenge({ ...action, token: verified.token! })
      expect(state).toBe('CHALLENGE_SUCCEEDED')
    },
  }
}

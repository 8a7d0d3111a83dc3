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
import { PATIENCE } from '../support/browser.js'
import { manifest, PACKAGE } from './packed.js'

type Library = typeof import('authsignal-channels/emulator')

export type PackedService = Awaited<ReturnType<typeof startService>>

let users = 0

export async function startService() {
  const file = join(PACKAGE, manifest.exports['./emulator'].default)
  const { createEmulator, listen }: Library = await import(pathToFileURL(file).href)
  const emulator = createEmulator()
  const { url, close } = await listen(emulator, { port: 0 })
  const baseUrl = `${url}/v1`
  const { tenantId, apiSecretKey } = emulator.config
  const backend = new Authsignal({ apiSecretKey, apiUrl: baseUrl })

  return {
    baseUrl,
    tenantId,
    close,
    /** A user of the page confirms a payment with this client, an expression, and the backend believes it. */
    async expectStepUp(page: Page, client: string) {
      const userId = `user-${++users}`
      const phoneNumber = `+64211000${String(users).padStart(4, '0')}`
      const { token } = await backend.track({ userId, action: 'pay', attributes: { phoneNumber } })
      await page.evaluate(`${client}.setToken(${JSON.stringify(token)})`)
      expect(await page.evaluate(`${client}.whatsapp.challenge()`)).toHaveProperty('challengeId')
      const code = await emulator.messages.nextCode({ to: phoneNumber, timeout: PATIENCE })
      const verified = await page.evaluate<{ token?: string }>(
        `${client}.whatsapp.verify({ code: '${code}' })`,
      )
      const { state } = await backend.validateChallenge({ userId, action: 'pay', token: verified.token! })
      expect(state).toBe('CHALLENGE_SUCCEEDED')
    },
  }
}

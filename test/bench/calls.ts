/**
 * The time of a call compared with a bare `fetch`.
 *
 * @module
 */
import { rounds } from './interleave.js'
import { asOriginal, compare, type Result } from './result.js'
import { type Stage, TOKEN } from './stage.js'

export async function measureCalls(stage: Stage): Promise<Result[]> {
  const page = await stage.openApp('/isolated')
  const times = await page.evaluate(
    ({ rounds, token }) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const time = async (call: () => Promise<{ readonly challengeId?: string | undefined }>) => {
        const start = performance.now()
        const { challengeId } = await call()
        const took = performance.now() - start
        if (!challengeId) throw new Error('There was no challenge')
        return took
      }
      const { original, ours } = window.clients
      return window.interleave(rounds, {
        fetch: () =>
          time(async () => (await fetch('/v1/client/challenge/sms', { method: 'POST', headers })).json()),
        original: () => time(async () => (await original.sms.challenge()).data ?? {}),
        ours: () => time(() => ours.sms.challenge()),
      })
    },
    { rounds: rounds(1000), token: TOKEN },
  )
  await page.context().close()

  return [
    compare('One `challenge()` on loopback', times.ours, { name: 'bare `fetch`', times: times.fetch }, 1.15),
    compare('... compared with the original', times.ours, asOriginal(times.original)),
  ]
}

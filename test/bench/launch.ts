/**
 * The time from `launch()` to the token, with a hosted page that returns it immediately.
 *
 * @module
 */
import { rounds } from './interleave.js'
import { asOriginal, compare, type Result } from './result.js'
import type { Stage } from './stage.js'

export async function measureLaunches(stage: Stage): Promise<Result[]> {
  const page = await stage.openApp()
  const times = await page.evaluate(
    ({ rounds, url }) => {
      const launch = async (client: typeof window.clients.ours) => {
        const start = performance.now()
        const { token } = await client.launch(url, { mode: 'popup' })
        const took = performance.now() - start
        if (!token) throw new Error('There was no token')
        // The next one starts when the closing animation is over.
        while (document.querySelector('#__authsignal-popup-container')) {
          await new Promise(resolve => requestAnimationFrame(resolve))
        }
        return took
      }
      return window.interleave(rounds, {
        original: () => launch(window.clients.original),
        ours: () => launch(window.clients.ours),
      })
    },
    { rounds: rounds(40), url: stage.hostedUrl },
  )
  await page.context().close()
  return [compare('`launch()` to token', times.ours, asOriginal(times.original), 0.6)]
}

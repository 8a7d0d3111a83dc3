/**
 * The start-up time before the first request: compiling and running the script, constructing a client.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { SDKS } from '../browser/sdks.js'
import { bundle } from '../bundle/bundle.js'
import { rounds } from './interleave.js'
import { asOriginal, compare, type Result } from './result.js'
import type { Stage } from './stage.js'

/** The bundle of an app that only sends codes. */
const SMALL_APP = `
  import { createClient, whatsapp } from 'authsignal-channels'
  window.makeClient = options => createClient({ ...options, channels: { whatsapp } })`

export async function measureScript(stage: Stage): Promise<Result[]> {
  const [original, ours] = SDKS.map(({ file }) => readFileSync(file, 'utf8')) as [string, string]
  const page = await stage.openApp('/isolated')

  const { evaluated, constructed } = await page.evaluate(
    async ({ sources, rounds }) => {
      type Name = keyof typeof sources
      type Realm = Window & { authsignal?: typeof window.ours; makeClient?: (options: object) => unknown }

      const constructed: Record<Name, number[]> = { original: [], ours: [], small: [] }
      const options = { tenantId: 'acme', baseUrl: `${location.origin}/v1` }
      let count = 0
      /** In a new frame, which has not run a script yet. */
      const evaluate = async (name: Name) => {
        const frame = document.createElement('iframe')
        frame.src = '/blank'
        document.body.append(frame)
        await new Promise(resolve => frame.addEventListener('load', resolve))
        const script = frame.contentDocument!.createElement('script')
        // A unique script is not in the code cache.
        script.textContent = `/*${count++}*/${sources[name]}`

        const start = performance.now()
        frame.contentDocument!.body.append(script)
        const end = performance.now()

        const { authsignal, makeClient } = frame.contentWindow as Realm
        const before = performance.now()
        if (makeClient) makeClient(options)
        else new authsignal!.Authsignal(options)
        constructed[name].push(performance.now() - before)

        frame.remove()
        return end - start
      }
      const evaluated = await window.interleave(rounds, {
        original: () => evaluate('original'),
        ours: () => evaluate('ours'),
        small: () => evaluate('small'),
      })
      return { evaluated, constructed }
    },
    { sources: { original, ours, small: await bundle(SMALL_APP) }, rounds: rounds(150) },
  )
  await page.context().close()

  return [
    compare('Compile and run the whole script', evaluated.ours, asOriginal(evaluated.original), 1),
    compare('... a bundle of `createClient` and `whatsapp`', evaluated.small, asOriginal(evaluated.original)),
    compare('Construct the first client of a page', constructed.ours, asOriginal(constructed.original)),
    compare('... of that bundle', constructed.small, asOriginal(constructed.original)),
  ]
}

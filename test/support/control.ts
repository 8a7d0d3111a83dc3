/**
 * The control routes of the emulator, for what the test kit has no method for.
 *
 * @module
 */
import type { TestAuthsignal } from 'authsignal-channels/testing/vitest'

/** Posts to a route below `/emulator/`; without a body, gets it. */
// biome-ignore lint/suspicious/noExplicitAny: responses differ from route to route
export async function control({ url }: TestAuthsignal, route: string, body?: object): Promise<any> {
  const init = body && { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${url}/emulator/${route}`, init)
  const json = await response.json()
  if (!response.ok)
    throw new Error(`/emulator/${route} responded ${response.status}: ${JSON.stringify(json)}`)
  return json
}

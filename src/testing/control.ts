/**
 * Calls of the emulator's control routes, and of its Server API.
 */

export interface Control {
  get<Response>(path: string): Promise<Response>
  post<Response>(path: string, body: object): Promise<Response>
  delete(path: string): Promise<void>
}

/** @param url The address of a tenant. */
export function controlOf(url: string, authorization?: string): Control {
  async function call(method: string, path: string, body?: object) {
    const response = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const json = await response.json()
    if (!response.ok) throw new Error(`The emulator refused ${method} ${path}. ${json.errorDescription}`)
    return json
  }

  return {
    get: path => call('GET', path),
    post: (path, body) => call('POST', path, body),
    async delete(path) {
      await call('DELETE', path)
    },
  }
}

const INTERVAL_MS = 50

/** The first value that `look` finds; rejects with `problem` when it finds none in time. */
export async function eventually<Value>(
  patienceSeconds: number,
  look: () => Promise<Value | undefined>,
  problem: string,
): Promise<Value> {
  const end = performance.now() + patienceSeconds * 1000
  for (;;) {
    const value = await look()
    if (value !== undefined) return value
    if (performance.now() > end) throw new Error(`${problem} within ${patienceSeconds} seconds`)
    await new Promise(resolve => setTimeout(resolve, INTERVAL_MS))
  }
}

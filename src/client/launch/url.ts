/**
 * The address of the hosted page: checking it, and saying in which mode it opens.
 *
 * @module
 */
import { assertText, parseUrl } from '../options.js'

/** @throws {TypeError} When `url` is not an absolute http or https address. */
export function hostedUrl(url: string): URL {
  assertText(url, '"url"')
  return parseUrl(url, '"url"')
}

/** The same address with `mode=popup`; every other parameter and the fragment stay as they are. */
export function inPopupMode(url: URL): URL {
  const result = new URL(url)
  result.search = query([...parametersWithout('mode', url), 'mode=popup'])
  return result
}

/** Takes every parameter `token` out of an address, and returns the first that is not empty; the rest stays as it is. */
export function takeToken(url: URL): string | undefined {
  const tokens = url.searchParams.getAll('token')
  url.search = query(parametersWithout('token', url))
  return tokens.find(Boolean)
}

/** As written: `searchParams` would encode the others anew. */
function parametersWithout(name: string, { search }: URL): string[] {
  if (!search) return []
  return (
    search
      .slice(1)
      .split('&')
      // Its name may be percent-encoded. The ampersand keeps a question mark that the name begins with.
      .filter(parameter => !new URLSearchParams(`&${parameter}`).has(name))
  )
}

/** With its question mark, or a parameter that begins with one would lose it. */
function query(parameters: string[]): string {
  return parameters.length ? `?${parameters.join('&')}` : ''
}

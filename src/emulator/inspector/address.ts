/**
 * Which view is shown, and which of its items: `#/users/jane`.
 *
 * @module
 */
import { signal } from '@preact/signals'

export interface Place {
  /** Empty for the first one. */
  readonly view: string
  /** The ID of the item whose details are shown; empty for none. */
  readonly item: string
}

export const place = signal(placeOf(location.hash))

addEventListener('hashchange', () => {
  // The skip link has a hash too, which is no view and leaves it as it is.
  if (location.hash !== '#main') place.value = placeOf(location.hash)
})

export function placeOf(hash: string): Place {
  const [view = '', ...rest] = hash.replace(/^#\/?/, '').split('/')
  return { view, item: decoded(rest.join('/')) }
}

export const linkTo = (view: string, item?: string) =>
  `#/${view}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`

export function go(view: string, item?: string): void {
  location.hash = linkTo(view, item)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

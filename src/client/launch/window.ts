/**
 * The hosted page in a window of its own, in front of the host page.
 *
 * @module
 */
import type { Surface } from './surface.js'

export type WindowOptions = {
  /** In CSS pixels. Default `400`. */
  width?: number | undefined
  /** In CSS pixels. Default `500`. */
  height?: number | undefined
}

/** @returns `undefined` when the browser blocked the window. */
export function openWindow(url: URL, { width = 400, height = 500 }: WindowOptions = {}): Surface | undefined {
  const left = Math.max(0, screenX + (outerWidth - width) / 2)
  const top = Math.max(0, screenY + (outerHeight - height) / 2)
  const opened = open(url, '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`)
  if (!opened) return undefined

  let wasElsewhere = false
  let isLoaded = false
  return {
    source: opened,
    state() {
      // A Cross-Origin-Opener-Policy swaps the window for another before it has loaded anything, and the
      // one that is left here claims to be closed.
      if (opened.closed) return isLoaded ? 'closed' : 'unreachable'
      // Seen twice, for during the swap it may be seen once.
      const isThere = isElsewhere(opened)
      isLoaded ||= wasElsewhere && isThere
      wasElsewhere = isThere
      return isLoaded ? 'loaded' : 'loading'
    },
    reveal() {},
    resize() {},
    close: () => opened.close(),
  }
}

/** Whether a window has got beyond the blank page that it opened with. */
function isElsewhere(opened: Window): boolean {
  try {
    return opened.location.href !== 'about:blank'
  } catch {
    return true // on another origin, which does not let us look
  }
}

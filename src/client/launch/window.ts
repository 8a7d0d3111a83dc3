/**
 * The hosted page in a window of its own, in front of the host page.
 *
 * @module
 */
import type { Surface } from './surface.js'

/** Size of the window that `launch()` opens. */
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

  let isLoaded = false
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    source: opened,
    watch({ onLoaded, onClosed, onUnreachable }) {
      let wasElsewhere = false
      // There is no event for a window of another origin.
      timer = setInterval(() => {
        // A Cross-Origin-Opener-Policy swaps the window for another before it has loaded anything. This
        // page keeps the first one, which then says that it is closed.
        if (opened.closed) return isLoaded ? onClosed() : onUnreachable()
        // Seen twice, for during the swap it may be seen once.
        const isThere = isElsewhere(opened)
        if (isThere && wasElsewhere && !isLoaded) {
          isLoaded = true
          onLoaded()
        }
        wasElsewhere = isThere
      }, 100)
    },
    setReady() {
      isLoaded = true
    },
    close() {
      clearInterval(timer)
      opened.close()
    },
  }
}

/** Whether a window has left the blank page that it opened with. */
function isElsewhere(opened: Window): boolean {
  try {
    return opened.location.href !== 'about:blank'
  } catch {
    return true // on another origin, whose address cannot be read
  }
}

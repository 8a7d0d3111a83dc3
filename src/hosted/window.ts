/**
 * The hosted page in a window of its own, in front of the host page.
 *
 * @module
 */
import type { Surface, SurfaceHandlers } from './popup.js'

export type WindowOptions = {
  /** In CSS pixels. Default `400`. */
  readonly width?: number | undefined
  /** In CSS pixels. Default `500`. */
  readonly height?: number | undefined
}

/** How often to look whether the user has closed the window, in milliseconds: no event tells. */
const LOOK = 500

/** @returns `undefined` when the browser blocked the window. */
export function openWindow(
  url: URL,
  { width = 400, height = 500 }: WindowOptions = {},
  { onClosed }: Pick<SurfaceHandlers, 'onClosed'>,
): Surface | undefined {
  const left = Math.max(0, screenX + (outerWidth - width) / 2)
  const top = Math.max(0, screenY + (outerHeight - height) / 2)
  const opened = open(url, '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`)
  if (!opened) return undefined

  const timer = setInterval(() => opened.closed && onClosed(), LOOK)
  return {
    source: opened,
    reveal() {},
    resize() {},
    close() {
      clearInterval(timer)
      opened.close()
    },
  }
}

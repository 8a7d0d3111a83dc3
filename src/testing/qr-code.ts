/**
 * Reading the QR code on a picture of a page.
 */

import jsQR from 'jsqr'
import { PNG } from 'pngjs'

/** The text of the QR code on a PNG; `undefined` when there is none. */
export function readQrCode(png: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(png))
  return jsQR(new Uint8ClampedArray(data), width, height)?.data
}

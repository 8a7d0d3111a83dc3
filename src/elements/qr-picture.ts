/**
 * Draws a text as a QR code, for the challenge and for the demo.
 *
 * It is made for SVG elements: the pages' Content-Security-Policy allows neither inline styles nor HTML from text.
 *
 * @module
 */

import QRCode from 'qrcode'

/** In modules: the quiet zone that ISO/IEC 18004 requires around a QR code. */
const QUIET_ZONE = 4

/** Attributes of an `<svg>` and of the `<path>` in it. */
export interface QrPicture {
  readonly viewBox: string
  /** The dark modules. */
  readonly path: string
}

export function qrPicture(text: string): QrPicture {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const width = size + 2 * QUIET_ZONE
  const dark = [...modules.data].flatMap((isDark, index) =>
    isDark ? [`M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`] : [],
  )
  return { viewBox: `0 0 ${width} ${width}`, path: dark.join('') }
}

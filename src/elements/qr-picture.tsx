/**
 * Draws a text as a QR code, for the challenge and for the demo.
 *
 * It is made of SVG elements: the pages' Content-Security-Policy allows neither inline styles nor HTML from text.
 *
 * @module
 */

import QRCode from 'qrcode'

/** In modules: the quiet zone that ISO/IEC 18004 requires around a QR code. */
const QUIET_ZONE = 4

export interface QrPictureProps {
  readonly text: string
  /** What the code is for, for screen readers. */
  readonly label: string
}

export function QrPicture({ text, label }: QrPictureProps) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const width = size + 2 * QUIET_ZONE
  const dark = [...modules.data].flatMap((isDark, index) =>
    isDark ? [`M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`] : [],
  )
  return (
    <svg
      class="qr-picture"
      viewBox={`0 0 ${width} ${width}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={dark.join('')} />
    </svg>
  )
}

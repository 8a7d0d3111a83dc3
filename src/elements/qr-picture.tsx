/**
 * A text as a QR code, for a camera; both the hosted UI and the demo draw one.
 *
 * Drawn as elements: the pages allow neither inline styles nor HTML made from text.
 *
 * @module
 */

import QRCode from 'qrcode'

/** As wide as the standard wants it, in modules. */
const QUIET_ZONE = 4

export interface QrPictureProps {
  readonly text: string
  /** What it is good for, to whoever does not see it. */
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

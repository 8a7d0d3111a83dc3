/** @jsxImportSource ../lib */
/**
 * Draws a QR code. Its place is there before the code is, so that nothing moves.
 *
 * @module
 */

import type { QrPicture } from '../../qr-picture.js'

export interface QrCodeProps {
  readonly picture: QrPicture | undefined
  readonly label: string
}

export function QrCode({ picture, label }: QrCodeProps) {
  return (
    <svg
      data-authsignal="qr"
      viewBox={picture?.viewBox}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={picture?.path} />
    </svg>
  )
}

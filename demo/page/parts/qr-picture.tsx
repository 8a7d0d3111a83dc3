import { qrPicture } from '../../../src/elements/qr-picture.js'

export interface QrPictureProps {
  readonly text: string
  /** What the code is for, for screen readers. */
  readonly label: string
}

/** A text as a QR code. */
export function QrPicture({ text, label }: QrPictureProps) {
  const { viewBox, path } = qrPicture(text)
  return (
    <svg class="qr-picture" viewBox={viewBox} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  )
}

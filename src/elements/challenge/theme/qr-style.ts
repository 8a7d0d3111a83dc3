/**
 * The style of a QR code, which loads with the screens that have one. It is dark on light in every theme, because cameras
 * expect that.
 *
 * @module
 */

import { GROUND } from './style.js'

export const QR_STYLE = `${GROUND} {
  &:where([data-authsignal=qr]) {
    display: block;
    width: 200px;
    max-width: 100%;
    height: auto;
    aspect-ratio: 1;
    margin: 0 auto var(--as-4);
    background: #fff;
    border: 1px solid var(--as-border);
    border-radius: var(--as-radius);
    fill: #000;
    forced-color-adjust: none;
  }
}`

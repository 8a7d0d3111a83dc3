/** The part of `qrcode` that runs anywhere; its main entry loads what only Node has. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode'
}

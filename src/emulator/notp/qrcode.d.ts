/** The part of `qrcode` that runs anywhere. Its main entry loads modules that only Node has. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode'
}

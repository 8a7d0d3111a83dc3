/**
 * The two SDKs that the same pages are tried with: the original as it is on npm, and ours.
 *
 * @module
 */
import { built } from '../support/site.js'

export const SDKS = [
  {
    name: '@authsignal/browser',
    file: new URL('../../node_modules/@authsignal/browser/dist/index.min.js', import.meta.url),
  },
  { name: 'authsignal-channels', file: built('authsignal.umd.min.js') },
] as const

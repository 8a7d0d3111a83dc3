/**
 * `<authsignal-code>` alone: `authsignal-channels/elements/code`. Importing this registers it. Where there is no page, it
 * does nothing.
 *
 * @module
 */
import { defineCode } from './define.js'

export { type DefineCodeOptions, defineCode } from './define.js'
export { AuthsignalCodeElement, type CodeCompleteDetail, type CodeElementEventMap } from './element.js'
export type { CodeElementAttributes } from './jsx.js'

defineCode()

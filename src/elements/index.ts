/**
 * The elements: importing this registers them. Where there is no page, it does nothing.
 *
 * @module
 */
import { defineCode } from './code/define.js'

export { type DefineCodeOptions, defineCode } from './code/define.js'
export {
  AuthsignalCodeElement,
  type CodeCompleteDetail,
  type CodeElementEventMap,
} from './code/element.js'
export type { CodeElementAttributes } from './code/jsx.js'

defineCode()

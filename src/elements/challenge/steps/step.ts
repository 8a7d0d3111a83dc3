/**
 * What all steps have in common. A step is the state and the calls behind one visit to a screen.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import type { Message } from '../wording/catalogue.js'

export interface StepInput {
  /** Called first with each failure. Returns whether it ends the step, which then shows nothing. */
  endsStep(failure: Failure): boolean
}

/** What is wrong with a field. A new object each time, so that the same text is announced again. */
export interface FieldError {
  readonly text: Message
}

/**
 * The screens that can be on the page, and what each of them lets the user do.
 *
 * `flow.ts`, `challenge-flow.ts` and `enrolment-flow.ts` show them, `screens/` draws them.
 *
 * @module
 */

import type { CodeStep } from './code-step.js'
import type { ContactStep } from './contact-step.js'
import type { Choice } from './plan.js'
import type { Notice } from './wording.js'

export type Screen =
  | { readonly name: 'loading' }
  | NoticeScreen
  | ChooseScreen
  | ContactScreen
  | CodeScreen
  | EndedScreen

type Action = (() => void) | undefined

export interface NoticeScreen {
  readonly name: 'notice'
  readonly notice: Notice
  readonly tryAgain?: Action
}

export interface ChooseScreen {
  readonly name: 'choose'
  /** Whether the list is of methods to be verified with, or to add. */
  readonly purpose: 'challenge' | 'enrol'
  readonly rows: readonly Row[]
  readonly add?: Action
  readonly back?: Action
}

export interface Row extends Choice {
  readonly choose: () => void
}

export interface ContactScreen {
  readonly name: 'contact'
  readonly step: ContactStep
  readonly back?: Action
}

export interface CodeScreen {
  readonly name: 'code'
  readonly step: CodeStep
  /** Corrects the number or address, as long as it is not the user's yet. */
  readonly change?: Action
  readonly useOther?: Action
}

export interface EndedScreen {
  readonly name: 'ended'
  readonly verified: boolean
  readonly next: Next
}

/** What happens to the page once the user is done with it. */
export type Next = 'opener-closes' | 'return-to-app' | 'nothing'

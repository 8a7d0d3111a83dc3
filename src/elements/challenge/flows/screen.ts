/**
 * The screens that can be on the page, and what each of them lets the user do.
 *
 * `flow.ts` and the ways through it, `…-flow.ts`, show them; `screens/` draws them.
 *
 * @module
 */

import type { AppStep } from '../steps/app.js'
import type { CeremonyStep } from '../steps/ceremony.js'
import type { CodeStep } from '../steps/code.js'
import type { ContactStep } from '../steps/contact.js'
import type { RemovalStep } from '../steps/removal.js'
import type { WaitStep } from '../steps/wait.js'
import type { Notice } from '../wording/problems.js'
import type { Choice, OwnedAuthenticator } from './plan.js'

export type Screen =
  | { readonly name: 'loading' }
  | NoticeScreen
  | ChooseScreen
  | ContactScreen
  | CodeScreen
  | WaitScreen
  | CeremonyScreen
  | AppScreen
  | SettingsScreen
  | RemovalScreen
  | EndedScreen

/** What a screen does while it is shown. */
export type Step = ContactStep | CodeStep | WaitStep | CeremonyStep | AppStep | RemovalStep

type Action = (() => void) | undefined

export interface NoticeScreen {
  readonly name: 'notice'
  readonly notice: Notice
  readonly tryAgain?: Action
}

export interface ChooseScreen {
  readonly name: 'choose'
  /** Whether the list is of methods to be verified with, to begin with, or to have as well. */
  readonly purpose: 'challenge' | 'enrol' | 'add'
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
  /** To where the user got what the code comes from. */
  readonly back?: Action
  readonly useOther?: Action
}

export interface WaitScreen {
  readonly name: 'wait'
  readonly step: WaitStep
  readonly change?: Action
  readonly useOther?: Action
}

export interface CeremonyScreen {
  readonly name: 'ceremony'
  readonly step: CeremonyStep
  readonly useOther?: Action
}

export interface AppScreen {
  readonly name: 'app'
  readonly step: AppStep
  readonly back?: Action
}

export interface SettingsScreen {
  readonly name: 'settings'
  readonly rows: readonly SettingsRow[]
  /** What has just been done. */
  readonly status: string
  readonly add?: Action
  readonly done: () => void
}

export interface SettingsRow extends OwnedAuthenticator {
  readonly remove?: Action
}

export interface RemovalScreen {
  readonly name: 'removal'
  readonly step: RemovalStep
  readonly back: () => void
}

export interface EndedScreen {
  readonly name: 'ended'
  readonly verified: boolean
  readonly next: Next
}

/** What happens to the page once the user is done with it. */
export type Next = 'opener-closes' | 'return-to-app' | 'nothing'

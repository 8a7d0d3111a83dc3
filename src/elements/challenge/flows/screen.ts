/**
 * The screens, and what the user can do on each. The flows show them; `screens/` draws them.
 *
 * @module
 */

import type { ReadonlySignal } from '../lib/signal.js'
import type { Choice } from '../methods/choices.js'
import type { Method } from '../methods/kinds.js'
import type { OwnedAuthenticator } from '../methods/owned.js'
import type { AppStep } from '../steps/app.js'
import type { CeremonyStep } from '../steps/ceremony.js'
import type { CodeStep } from '../steps/code.js'
import type { ContactStep } from '../steps/contact.js'
import type { RemovalStep } from '../steps/removal.js'
import type { ScanStep } from '../steps/scan.js'
import type { WaitStep } from '../steps/wait.js'
import type { Message } from '../wording/catalogue.js'
import type { Notice } from '../wording/notices.js'

export type Screen =
  | LoadingScreen
  | NoticeScreen
  | ChooseScreen
  | ContactScreen
  | CodeScreen
  | WaitScreen
  | CeremonyScreen
  | ScanScreen
  | AppScreen
  | SettingsScreen
  | RemovalScreen
  | EndedScreen

/** The state and calls behind a screen. */
export type Step = ContactStep | CodeStep | WaitStep | CeremonyStep | ScanStep | AppStep | RemovalStep

type Action = (() => void) | undefined

export interface LoadingScreen {
  readonly name: 'loading'
  /** Whether it takes so long that the user is told. */
  readonly isSlow?: ReadonlySignal<boolean>
}

export interface NoticeScreen {
  readonly name: 'notice'
  readonly notice: Notice
  readonly tryAgain?: Action
}

export interface ChooseScreen {
  readonly name: 'choose'
  /** Whether the user chooses a method to verify with, a first one to add, or a further one to add. */
  readonly purpose: 'challenge' | 'enrol' | 'add'
  readonly rows: readonly Row[]
  /** Methods that the app has, and the user cannot have yet. */
  readonly unavailable?: readonly Method[]
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
  /** Leads back to the input of the number or address. */
  readonly change?: Action
  /** Leads back to the secret of the authenticator app. */
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

export interface ScanScreen {
  readonly name: 'scan'
  readonly step: ScanStep
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
  /** The change that was just made. */
  readonly status: ReadonlySignal<Message | undefined>
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
  readonly exit: Exit
}

/**
 * Where the user goes when leaving: the window closes, the app opens again, nothing happens, or the page of the app
 * that is there already continues.
 */
export type Exit = 'close' | 'return' | 'none' | 'stay'

/** @jsxImportSource ../lib */
/**
 * Draws the current screen of a flow.
 *
 * @module
 */

import type { Flow } from '../flows/flow.js'
import type { Screen } from '../flows/screen.js'
import { ChooseMethod } from './choose-method.js'
import { ConfirmRemoval } from './confirm-removal.js'
import { EnterCode } from './enter-code.js'
import { EnterContact } from './enter-contact.js'
import { EndedView, LoadingView, NoticeView } from './plain.js'
import { SetUpApp } from './set-up-app.js'
import { Settings } from './settings.js'
import { UseCeremony } from './use-ceremony.js'
import { WaitElsewhere } from './wait-elsewhere.js'
import { useWords } from './words.js'

export interface ChallengeProps {
  readonly flow: Flow
  readonly screen: Screen
}

export function Challenge({ flow, screen }: ChallengeProps) {
  const words = useWords()
  const exit = flow.exit()
  // The settings have a "Done" button, and all other screens lead back there.
  const leave =
    exit === 'none' || flow.isInSettings()
      ? undefined
      : { label: words.text(flow.isVerified() ? 'notNow' : 'cancel'), go: flow.leave }

  switch (screen.name) {
    case 'loading':
      return <LoadingView />
    case 'choose':
      return <ChooseMethod screen={screen} leave={leave} />
    case 'contact':
      return <EnterContact screen={screen} leave={leave} />
    case 'code':
      return <EnterCode screen={screen} leave={leave} />
    case 'wait':
      return <WaitElsewhere screen={screen} leave={leave} />
    case 'ceremony':
      return <UseCeremony screen={screen} leave={leave} />
    case 'app':
      return <SetUpApp screen={screen} leave={leave} />
    case 'settings':
      return <Settings screen={screen} />
    case 'removal':
      return <ConfirmRemoval screen={screen} />
    case 'notice':
      return <NoticeView screen={screen} exit={exit} leave={flow.leave} />
    case 'ended':
      return <EndedView screen={screen} />
  }
}

/**
 * Draws the current screen of a flow.
 *
 * @module
 */

import { useLayoutEffect } from 'preact/hooks'
import type { Flow } from '../flows/flow.js'
import { ACTIONS } from '../wording/screens.js'
import { ChooseMethod } from './choose-method.js'
import { ConfirmRemoval } from './confirm-removal.js'
import { EnterCode } from './enter-code.js'
import { EnterContact } from './enter-contact.js'
import { EndedView, LoadingView, NoticeView } from './plain.js'
import { SetUpApp } from './set-up-app.js'
import { Settings } from './settings.js'
import { UseCeremony } from './use-ceremony.js'
import { WaitElsewhere } from './wait-elsewhere.js'

export interface ChallengeProps {
  readonly flow: Flow
  /** A screen other than "loading" was drawn. */
  onDrawn(): void
}

export function Challenge({ flow, onDrawn }: ChallengeProps) {
  const screen = flow.screen.value

  useLayoutEffect(() => {
    if (screen.name !== 'loading') onDrawn()
  }, [screen, onDrawn])

  const exit = flow.exit()
  // The settings have a "Done" button, and all other screens lead back there.
  const leave =
    exit === 'none' || flow.isInSettings()
      ? undefined
      : { label: flow.isVerified() ? ACTIONS.notNow : ACTIONS.cancel, go: flow.leave }

  // The key makes each screen a new one, even after one of the same kind.
  switch (screen.name) {
    case 'loading':
      return <LoadingView />
    case 'choose':
      return <ChooseMethod key={screen} screen={screen} leave={leave} />
    case 'contact':
      return <EnterContact key={screen} screen={screen} leave={leave} />
    case 'code':
      return <EnterCode key={screen} screen={screen} leave={leave} />
    case 'wait':
      return <WaitElsewhere key={screen} screen={screen} leave={leave} />
    case 'ceremony':
      return <UseCeremony key={screen} screen={screen} leave={leave} />
    case 'app':
      return <SetUpApp key={screen} screen={screen} leave={leave} />
    case 'settings':
      return <Settings key={screen} screen={screen} />
    case 'removal':
      return <ConfirmRemoval key={screen} screen={screen} />
    case 'notice':
      return <NoticeView key={screen} screen={screen} exit={exit} leave={flow.leave} />
    case 'ended':
      return <EndedView screen={screen} />
  }
}

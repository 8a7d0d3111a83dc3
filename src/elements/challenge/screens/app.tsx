/**
 * The frame that all screens share, and what the page as a whole tells its opener: that it is there,
 * and how high it is.
 *
 * @module
 */

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Opener } from '../../../emulator/hosted-ui/opener.js'
import type { Flow } from '../flows/flow.js'
import { ChooseMethod } from './choose-method.js'
import { ConfirmRemoval } from './confirm-removal.js'
import { EnterCode } from './enter-code.js'
import { EnterContact } from './enter-contact.js'
import { EndedView, LoadingView, NoticeView } from './plain.js'
import { SetUpApp } from './set-up-app.js'
import { Settings } from './settings.js'
import { UseCeremony } from './use-ceremony.js'
import { WaitElsewhere } from './wait-elsewhere.js'

export interface AppProps {
  readonly flow: Flow
  readonly opener: Opener | undefined
  readonly isFramed: boolean
}

export function App({ flow, opener, isFramed }: AppProps) {
  const card = useRef<HTMLElement>(null)
  // Stays true: a later "loading" is a retry on a page that is open already.
  const isDrawn = useRef(false)
  isDrawn.current ||= flow.screen.value.name !== 'loading'

  useLayoutEffect(() => {
    if (opener && isDrawn.current) return introduce(opener, card.current!)
  }, [opener, isDrawn.current])

  useEffect(() => {
    if (!isFramed || !opener) return
    // The opener's dialog does not see keys that are pressed in here.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) flow.leave()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [flow, opener, isFramed])

  return (
    <main class="card" ref={card}>
      <CurrentScreen flow={flow} opener={opener} />
      <p class="footnote">Emulator · no real messages are sent</p>
    </main>
  )
}

function CurrentScreen({ flow, opener }: Pick<AppProps, 'flow' | 'opener'>) {
  const screen = flow.screen.value
  const leave = flow.canLeave() ? flow.leave : undefined
  // The settings have a "Done" of their own, and whatever they lead to leads back.
  const wayOut =
    leave && !flow.isInSettings() ? { label: flow.isVerified() ? 'Not now' : 'Cancel', leave } : undefined

  // The key makes each screen a new one, also when it is of the same kind as the one before.
  switch (screen.name) {
    case 'loading':
      return <LoadingView />
    case 'choose':
      return <ChooseMethod key={screen} screen={screen} wayOut={wayOut} />
    case 'contact':
      return <EnterContact key={screen} screen={screen} wayOut={wayOut} />
    case 'code':
      return <EnterCode key={screen} screen={screen} wayOut={wayOut} />
    case 'wait':
      return <WaitElsewhere key={screen} screen={screen} wayOut={wayOut} />
    case 'ceremony':
      return <UseCeremony key={screen} screen={screen} wayOut={wayOut} />
    case 'app':
      return <SetUpApp key={screen} screen={screen} wayOut={wayOut} />
    case 'settings':
      return <Settings key={screen} screen={screen} />
    case 'removal':
      return <ConfirmRemoval key={screen} screen={screen} />
    case 'notice':
      return (
        <NoticeView key={screen} screen={screen} leave={leave} leaveLabel={opener ? 'Close' : 'Go back'} />
      )
    case 'ended':
      return <EndedView screen={screen} />
  }
}

/** Reports the height, so that the frame opens at its final size, then that the page is there. */
function introduce(opener: Opener, card: HTMLElement): () => void {
  let reported = 0
  function report() {
    const height = Math.ceil(card.getBoundingClientRect().height)
    if (height === reported) return
    reported = height
    opener.height(height)
  }

  report()
  opener.ready()
  const observer = new ResizeObserver(report)
  observer.observe(card)
  return () => observer.disconnect()
}

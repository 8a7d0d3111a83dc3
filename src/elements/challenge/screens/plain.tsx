/** @jsxImportSource ../lib */
/**
 * The screens without a form: loading, a notice, and the end.
 *
 * @module
 */

import type { EndedScreen, Exit, NoticeScreen } from '../flows/screen.js'
import { ACTIONS, ENDED, LOADING } from '../wording/screens.js'
import { Panel } from './parts.js'

export function LoadingView() {
  return (
    <div class="loading" role="status">
      <span class="spinner" />
      <span class="visually-hidden">{LOADING}</span>
    </div>
  )
}

export interface NoticeViewProps {
  readonly screen: NoticeScreen
  readonly exit: Exit
  readonly leave: () => void
}

export function NoticeView({ screen, exit, leave }: NoticeViewProps) {
  const { notice, tryAgain } = screen
  return (
    <Panel icon={notice.icon} tone="neutral" title={notice.title} lead={notice.lead}>
      {tryAgain && (
        <button type="button" class="primary" onClick={tryAgain}>
          {ACTIONS.tryAgain}
        </button>
      )}
      {exit !== 'none' && (
        <button type="button" class="secondary" onClick={leave}>
          {exit === 'close' ? ACTIONS.close : ACTIONS.goBack}
        </button>
      )}
    </Panel>
  )
}

export function EndedView({ screen: { verified, exit } }: { readonly screen: EndedScreen }) {
  return verified ? (
    <Panel icon="check" tone="success" title={ENDED.verified} lead={ENDED[exit]} />
  ) : (
    <Panel icon="close" tone="neutral" title={ENDED.cancelled} lead={ENDED[exit]} />
  )
}

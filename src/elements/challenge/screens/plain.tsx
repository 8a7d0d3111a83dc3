/**
 * The screens without a form: loading, a notice, and the end.
 *
 * @module
 */

import type { EndedScreen, Next, NoticeScreen } from '../flows/screen.js'
import { Panel } from './parts.js'

export function LoadingView() {
  return (
    <div class="loading" role="status">
      <span class="spinner" />
      <span class="visually-hidden">Loading…</span>
    </div>
  )
}

export interface NoticeViewProps {
  readonly screen: NoticeScreen
  readonly leave: (() => void) | undefined
  readonly leaveLabel: string
}

export function NoticeView({ screen, leave, leaveLabel }: NoticeViewProps) {
  const { notice, tryAgain } = screen
  return (
    <Panel icon={notice.icon} tone="neutral" title={notice.title} lead={notice.lead}>
      {tryAgain && (
        <button type="button" class="primary" onClick={tryAgain}>
          Try again
        </button>
      )}
      {leave && (
        <button type="button" class="secondary" onClick={leave}>
          {leaveLabel}
        </button>
      )}
    </Panel>
  )
}

const NEXT: Record<Next, string> = {
  'opener-closes': 'You can close this window.',
  'return-to-app': 'Taking you back…',
  nothing: 'You can close this page.',
}

export function EndedView({ screen }: { readonly screen: EndedScreen }) {
  return screen.verified ? (
    <Panel icon="check" tone="success" title="Verified" lead={NEXT[screen.next]} />
  ) : (
    <Panel icon="close" tone="neutral" title="Cancelled" lead={NEXT[screen.next]} />
  )
}

/** @jsxImportSource ../lib */
/**
 * The screens without a form: loading, a notice, and the end.
 *
 * @module
 */

import type { EndedScreen, Exit, NoticeScreen } from '../flows/screen.js'
import { Button, Panel } from './parts.js'
import { useWords } from './words.js'

export function LoadingView() {
  const { text } = useWords()
  return (
    <div data-authsignal="loading" role="status">
      <span data-authsignal="spinner" />
      <span data-authsignal="hidden">{text('loading')}</span>
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
  const { of, text } = useWords()
  return (
    <Panel icon={notice.icon} tone="neutral" title={of(notice.title)} lead={of(notice.lead)}>
      {tryAgain && (
        <Button piece="submit" onClick={tryAgain}>
          {text('tryAgain')}
        </Button>
      )}
      {exit !== 'none' && (
        <Button piece="secondary" onClick={leave}>
          {text(exit === 'close' ? 'close' : 'goBack')}
        </Button>
      )}
    </Panel>
  )
}

export function EndedView({ screen: { verified, exit } }: { readonly screen: EndedScreen }) {
  const { text } = useWords()
  return verified ? (
    <Panel icon="check" tone="success" title={text('ended.verified')} lead={text(`ended.${exit}`)} />
  ) : (
    <Panel icon="close" tone="neutral" title={text('ended.cancelled')} lead={text(`ended.${exit}`)} />
  )
}

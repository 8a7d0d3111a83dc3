/** @jsxImportSource ../lib */
/**
 * The screens without a form: loading, a notice, and the end.
 *
 * @module
 */

import type { EndedScreen, LoadingScreen, NoticeScreen } from '../flows/screen.js'
import { CHECK, CLOSE } from '../icons/common.js'
import { Button, Panel } from './parts.js'
import type { ViewProps } from './views.js'
import { useWords } from './words.js'

export function LoadingView({ screen }: ViewProps<LoadingScreen>) {
  const { text } = useWords()
  return (
    <div data-authsignal="loading" role="status" tabIndex={-1} data-focus>
      <span data-authsignal="spinner" />
      {screen.isSlow?.value ? (
        <p data-authsignal="hint">{text('stillLoading')}</p>
      ) : (
        <span data-authsignal="hidden">{text('loading')}</span>
      )}
    </div>
  )
}

export function NoticeView({ screen, leave }: ViewProps<NoticeScreen>) {
  const { notice, tryAgain } = screen
  const { of, text } = useWords()
  return (
    <Panel
      icon={notice.icon}
      tone="neutral"
      title={of(notice.title)}
      // Announced even if the focus is elsewhere on the page.
      lead={<span role="alert">{of(notice.lead)}</span>}
    >
      {tryAgain && (
        <Button piece="submit" onClick={tryAgain}>
          {text('tryAgain')}
        </Button>
      )}
      {leave && (
        <Button piece="secondary" onClick={leave.go}>
          {leave.label}
        </Button>
      )}
    </Panel>
  )
}

export function EndedView({ screen: { verified, exit } }: ViewProps<EndedScreen>) {
  const { text } = useWords()
  // Where the user stays, the page of the app says how it continues.
  const lead = exit === 'stay' ? undefined : text(`ended.${exit}`)
  return verified ? (
    <Panel icon={CHECK} tone="success" title={text('ended.verified')} lead={lead} />
  ) : (
    <Panel icon={CLOSE} tone="neutral" title={text('ended.cancelled')} lead={lead} />
  )
}

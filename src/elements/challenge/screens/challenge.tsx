/** @jsxImportSource ../lib */
/**
 * Draws the current screen of a flow.
 *
 * @module
 */

import type { Flow } from '../flows/flow.js'
import type { Screen } from '../flows/screen.js'
import type { Children } from '../lib/jsx-runtime.js'
import { EndedView, LoadingView, NoticeView } from './plain.js'
import type { ViewProps, Views } from './views.js'
import { useWords } from './words.js'

/** The screens that every challenge has. */
const COMMON: Partial<Views> = {
  loading: LoadingView,
  notice: NoticeView,
  ended: EndedView,
}

export interface ChallengeProps {
  readonly flow: Flow
  readonly screen: Screen
  /** The others, as far as they are loaded. */
  readonly views: Partial<Views>
}

export function Challenge({ flow, screen, views }: ChallengeProps) {
  const { text } = useWords()
  const exit = flow.exit()
  const isNotice = screen.name === 'notice'
  const label = isNotice
    ? text(exit === 'return' ? 'goBack' : 'close')
    : text(flow.isVerified() ? 'notNow' : 'cancel')
  // The settings have a "Done" button, and all other screens lead back there.
  const canLeave = exit !== 'none' && (isNotice || !flow.isInSettings())
  const View = { ...COMMON, ...views }[screen.name] as (props: ViewProps<Screen>) => Children
  return <View screen={screen} leave={canLeave ? { label, go: flow.leave } : undefined} />
}

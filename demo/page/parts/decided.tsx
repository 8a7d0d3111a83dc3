/**
 * An action that the rules have decided without a challenge: allowed, blocked, or held for a review.
 *
 * @module
 */
import { Outcome } from './outcome.js'

/** A state of `track` in which there is nothing for the user to prove. Every other one is treated as `BLOCK`. */
type DecidedState = 'ALLOW' | 'BLOCK' | 'REVIEW_REQUIRED'

/** What a scenario's first step returns in place of a started challenge. */
export class Decided {
  readonly state: string

  constructor(state: string) {
    this.state = state
  }
}

const words: Readonly<Record<DecidedState, { readonly title: string; readonly text: string }>> = {
  ALLOW: {
    title: 'Allowed: the action goes ahead without a challenge',
    text: 'The backend has done it already. The browser got no token, as there is nothing to prove.',
  },
  BLOCK: {
    title: 'Blocked: the action must not go ahead',
    text: 'The backend has refused it. No code was sent: the browser got no token for one.',
  },
  REVIEW_REQUIRED: {
    title: 'Held for review: a person on your side decides',
    text: 'The backend keeps the action until then. No code was sent.',
  },
}

export function DecidedOutcome({ state }: Decided) {
  const { title, text } = words[state as DecidedState] ?? words.BLOCK
  return <Outcome title={title} good={state === 'ALLOW'} text={text} facts={{ state }} />
}

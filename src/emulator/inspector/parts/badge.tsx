/**
 * The state of something, as a short word on a colour.
 *
 * @module
 */

type Tone = 'good' | 'bad' | 'open' | 'plain'

const TONES: Readonly<Record<string, Tone>> = {
  ALLOW: 'good',
  CHALLENGE_SUCCEEDED: 'good',
  REVIEW_SUCCEEDED: 'good',
  used: 'good',
  approved: 'good',
  BLOCK: 'bad',
  CHALLENGE_FAILED: 'bad',
  REVIEW_FAILED: 'bad',
  delivered: 'good',
  failed: 'bad',
  pending: 'open',
  rejected: 'bad',
  refused: 'bad',
  CHALLENGE_REQUIRED: 'open',
  REVIEW_REQUIRED: 'open',
  valid: 'open',
  claimed: 'open',
  unclaimed: 'open',
  waiting: 'open',
}

export function Badge({ state }: { readonly state: string }) {
  return <span class={`badge badge-${TONES[state] ?? 'plain'}`}>{words(state)}</span>
}

const WORDS: Readonly<Record<string, string>> = {
  valid: 'Open',
  claimed: 'Waiting for the user',
  unclaimed: 'Not scanned yet',
}

/** `CHALLENGE_REQUIRED` as `Challenge required`. */
function words(state: string): string {
  const text = state.toLowerCase().replaceAll('_', ' ')
  return WORDS[state] ?? text.charAt(0).toUpperCase() + text.slice(1)
}

/** The status of a response. */
export function Status({ status, refused }: { readonly status: number; readonly refused: boolean }) {
  return <span class={`badge badge-${refused ? 'bad' : 'good'}`}>{status}</span>
}

/**
 * The result of an enrolment: the user's methods before and after it.
 *
 * @module
 */
import { type Authenticator, refreshUser } from '../user.js'
import { Authenticators } from './authenticators.js'
import { Outcome } from './outcome.js'
import type { Validated } from './step-up.js'
import type { Call } from './steps.js'

/** Before this, the user proved to have what was added. */
export interface Changed {
  readonly before: readonly Authenticator[]
  readonly after: readonly Authenticator[]
  readonly validated?: Validated | undefined
}

export const listCall: Call = { side: 'Backend', method: 'authsignal.getAuthenticators' }

export async function changedSince(
  before: readonly Authenticator[],
  validated?: Validated,
): Promise<Changed> {
  const { authenticators: after } = await refreshUser({ logged: true })
  return { before, after, validated }
}

interface ChangedOutcomeProps {
  readonly title: string
  readonly changed: Changed
}

export function ChangedOutcome({ title, changed: { before, after, validated } }: ChangedOutcomeProps) {
  return (
    <Outcome title={title} good={validated?.isValid ?? true} facts={{ state: validated?.state }}>
      <div class="before-after">
        <Authenticators title="Before" list={before} />
        <Authenticators title="After" list={after} />
      </div>
    </Outcome>
  )
}

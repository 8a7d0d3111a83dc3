/**
 * Actions, with the states they have had and their challenges.
 *
 * @module
 */
import { linkTo } from '../address.js'
import { Badge } from '../parts/badge.js'
import { Facts, Id } from '../parts/facts.js'
import { actionId, methodName, UserLink } from '../parts/links.js'
import { Split } from '../parts/split.js'
import { Time } from '../parts/time.js'
import { actions, challenges } from '../state/emulator.js'
import type { Action } from '../types.js'

export function Actions() {
  return (
    <Split
      view="actions"
      label="Actions"
      items={actions.items.value}
      total={actions.total.value}
      idOf={actionId}
      row={action => (
        <>
          <strong class="grow">{action.actionCode}</strong>
          <span class="muted grow">{action.userId}</span>
          <Badge state={action.state} />
          <Time at={action.createdAt} />
        </>
      )}
      titleOf={({ actionCode }) => actionCode}
      details={action => <ActionDetails action={action} />}
      empty={{ title: 'No actions yet', text: 'An action appears when your backend tracks one.' }}
    />
  )
}

/** What has happened to an action, oldest first. */
function eventsOf(action: Action) {
  const theirs = challenges.items.value.filter(
    ({ userId, actionCode, idempotencyKey }) =>
      userId === action.userId &&
      actionCode === action.actionCode &&
      idempotencyKey === action.idempotencyKey,
  )
  const states = action.history.map(({ state, since }) => ({ at: since, state, challenge: undefined }))
  const sent = theirs.map(challenge => ({ at: challenge.createdAt, state: challenge.state, challenge }))
  return [...states, ...sent].sort((one, other) => one.at.localeCompare(other.at))
}

function ActionDetails({ action }: { readonly action: Action }) {
  const { userId, outcome, idempotencyKey, verificationMethod, state } = action
  return (
    <>
      <Facts
        facts={[
          ['State', <Badge key="state" state={state} />],
          ['User', <UserLink key="user" userId={userId} />],
          ['Outcome of track', <code key="outcome">{outcome}</code>],
          ['Verified by', verificationMethod && methodName(verificationMethod)],
          ['Idempotency key', <Id key="key" id={idempotencyKey} what="the idempotency key" />],
        ]}
      />
      <h3>History</h3>
      <ol class="history">
        {eventsOf(action).map(({ at, state, challenge }) => (
          <li key={`${at} ${challenge?.challengeId ?? state}`}>
            <Time at={at} />
            {challenge ? (
              <span>
                <a href={linkTo('challenges', challenge.challengeId)}>
                  {methodName(challenge.verificationMethod)}
                </a>{' '}
                {challenge.to && <>to {challenge.to}</>} <Badge state={state} />
              </span>
            ) : (
              <Badge state={state} />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

/**
 * Challenges of every kind, with their state.
 *
 * @module
 */
import { Badge } from '../parts/badge.js'
import { Facts, Id } from '../parts/facts.js'
import { ActionLink, methodName, UserLink } from '../parts/links.js'
import { Split } from '../parts/split.js'
import { Remaining, Time } from '../parts/time.js'
import { challenges, inbox } from '../state/emulator.js'
import type { Challenge } from '../types.js'

export function Challenges() {
  return (
    <Split
      view="challenges"
      label="Challenges"
      items={challenges.items.value}
      total={challenges.total.value}
      idOf={({ challengeId }) => challengeId}
      row={challenge => (
        <>
          <strong class="grow">{methodName(challenge.verificationMethod)}</strong>
          <span class="muted grow">{challenge.to ?? challenge.userId}</span>
          <Badge state={challenge.state} />
          <Time at={challenge.createdAt} />
        </>
      )}
      titleOf={({ verificationMethod }) => methodName(verificationMethod)}
      details={challenge => <ChallengeDetails challenge={challenge} />}
      empty={{
        title: 'No challenges yet',
        text: 'A challenge begins when a code, link, push request, QR code or passkey prompt is requested.',
      }}
    />
  )
}

const PURPOSES: Readonly<Record<string, string>> = {
  'sign-in': 'sign-in',
  'step-up': 'verifies an authenticator again',
  add: 'adds an authenticator',
  replace: 'changes an authenticator',
  contact: 'verifies a contact',
  registration: 'creates a credential',
  assertion: 'uses a credential',
}

function ChallengeDetails({ challenge }: { readonly challenge: Challenge }) {
  const { challengeId, state, userId, to, purpose, createdAt, expiresAt, verifiedAt } = challenge
  const messages = inbox.items.value.filter(each => each.challengeId === challengeId)
  return (
    <>
      <Facts
        facts={[
          ['State', <Badge key="state" state={state} />],
          ['To', to],
          ['User', <UserLink key="user" userId={userId} />],
          ['Action', <ActionLink key="action" {...challenge} />],
          ['Purpose', purpose && (PURPOSES[purpose] ?? purpose)],
          ['Started', <Time key="started" at={createdAt} />],
          ['Verified', verifiedAt && <Time key="verified" at={verifiedAt} />],
          ['Expires', verifiedAt === undefined && <Remaining key="expires" until={expiresAt} />],
          ['Challenge ID', <Id key="id" id={challengeId} what="the challenge ID" />],
        ]}
      />
      {messages.length > 0 && (
        <>
          <h3>Messages</h3>
          <ul class="plain">
            {messages.map(({ id, code, createdAt, state }) => (
              <li key={id}>
                <Time at={createdAt} /> {code ? <code>{code}</code> : 'Link'} <Badge state={state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

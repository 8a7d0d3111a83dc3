/**
 * nOTP: its users, with their logins and sessions.
 *
 * @module
 */
import { Badge } from '../parts/badge.js'
import { Facts, Id } from '../parts/facts.js'
import { Split } from '../parts/split.js'
import { Remaining, Time } from '../parts/time.js'
import { notpLogins, notpSessions, notpUsers } from '../state/emulator.js'
import type { NotpUser } from '../types.js'

export function Notp() {
  return (
    <Split
      view="notp"
      label="nOTP users"
      items={notpUsers.items.value}
      total={notpUsers.total.value}
      idOf={({ userId }) => userId}
      row={user => (
        <>
          <strong class="grow">{user.name || user.loginIds[0]}</strong>
          <span class="muted grow">{user.phone}</span>
          <Time at={user.createdAt} />
        </>
      )}
      titleOf={({ name, loginIds }) => name || loginIds[0]}
      details={user => <NotpUserDetails user={user} />}
      empty={{
        title: 'No nOTP users yet',
        text: 'A user appears after the first sign-up by a WhatsApp message. Logins that wait are under “Approvals”.',
      }}
    />
  )
}

function NotpUserDetails({ user }: { readonly user: NotpUser }) {
  const ofUser = (each: { readonly userId?: string }) => each.userId === user.userId
  const logins = notpLogins.items.value.filter(ofUser)
  const sessions = notpSessions.items.value.filter(ofUser)
  return (
    <>
      <Facts
        facts={[
          ['User ID', <Id key="id" id={user.userId} what="the user ID" />],
          ['Login IDs', user.loginIds.join(', ')],
          ['Phone', user.phone],
          ['Created', <Time key="created" at={user.createdAt} />],
        ]}
      />
      <h3>Logins</h3>
      {logins.length === 0 && <p class="hint">None of the last minutes.</p>}
      <ul class="plain">
        {logins.map(({ code, flow, state }) => (
          <li key={code}>
            {flow} <Badge state={state} />
          </li>
        ))}
      </ul>
      <h3>Sessions</h3>
      {sessions.length === 0 && <p class="hint">None.</p>}
      <ul class="plain">
        {sessions.map(({ sessionId, amr = [], expiresAt }) => (
          <li key={sessionId}>
            <code>{amr.join(', ')}</code> ends <Remaining until={expiresAt} />
          </li>
        ))}
      </ul>
    </>
  )
}

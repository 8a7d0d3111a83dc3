/**
 * Users, with their authenticators, devices, actions and sessions.
 *
 * @module
 */
import { linkTo } from '../address.js'
import { Badge } from '../parts/badge.js'
import { CopyButton } from '../parts/copy-button.js'
import { Facts, Id } from '../parts/facts.js'
import { actionId, methodName } from '../parts/links.js'
import { Split } from '../parts/split.js'
import { Remaining, Time } from '../parts/time.js'
import { actions, sessions, users } from '../state/emulator.js'
import type { Authenticator, User } from '../types.js'

export function Users() {
  return (
    <Split
      view="users"
      label="Users"
      items={users.items.value}
      total={users.total.value}
      idOf={({ userId }) => userId}
      row={user => (
        <>
          <strong class="grow">{user.userId}</strong>
          <span class="muted grow">{user.email ?? user.phoneNumber ?? user.displayName}</span>
          <span class="methods">{user.enrolledVerificationMethods.map(methodName).join(', ') || 'none'}</span>
        </>
      )}
      titleOf={({ userId }) => userId}
      details={user => <UserDetails user={user} />}
      empty={{
        title: 'No users yet',
        text: 'A user appears when your backend tracks an action or enrols an authenticator.',
      }}
    />
  )
}

function UserDetails({ user }: { readonly user: User }) {
  const { userId, email, emailVerified, phoneNumber, phoneNumberVerified, displayName, devices } = user
  const ofUser = (each: { readonly userId: string }) => each.userId === userId
  const theirActions = actions.items.value.filter(ofUser)
  const theirSessions = sessions.items.value.filter(ofUser)
  return (
    <>
      <Facts
        facts={[
          ['User ID', <Id key="id" id={userId} what="the user ID" />],
          ['Name', displayName],
          ['E-mail', email && `${email}${emailVerified ? ', verified' : ''}`],
          ['Phone', phoneNumber && `${phoneNumber}${phoneNumberVerified ? ', verified' : ''}`],
          ['Created', <Time key="created" at={user.createdAt} />],
          ['Devices', devices.map(({ deviceId }) => deviceId).join(', ')],
        ]}
      />
      <h3>Authenticators</h3>
      {user.authenticators.length === 0 && <p class="hint">None yet.</p>}
      <ul class="cards">
        {user.authenticators.map(each => (
          <li key={each.userAuthenticatorId} class="card">
            <AuthenticatorCard authenticator={each} />
          </li>
        ))}
      </ul>
      <h3>Actions</h3>
      {theirActions.length === 0 && <p class="hint">None.</p>}
      <ul class="plain">
        {theirActions.map(action => (
          <li key={actionId(action)}>
            <a href={linkTo('actions', actionId(action))}>{action.actionCode}</a>{' '}
            <Badge state={action.state} /> <Time at={action.createdAt} />
          </li>
        ))}
      </ul>
      {theirSessions.length > 0 && (
        <>
          <h3>Sessions</h3>
          <ul class="plain">
            {theirSessions.map(({ sessionId, clientId, expiresAt }) => (
              <li key={sessionId}>
                <code>{clientId}</code> ends <Remaining until={expiresAt} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function AuthenticatorCard({ authenticator }: { readonly authenticator: Authenticator }) {
  const { verificationMethod, email, phoneNumber, displayName, webauthnCredential } = authenticator
  const { isDefault, verifiedAt, lastVerifiedAt, code, codeExpiresAt } = authenticator
  return (
    <>
      <p class="card-head">
        <strong>{methodName(verificationMethod)}</strong>
        {isDefault && <span class="badge badge-plain">Default</span>}
        {verifiedAt === undefined && <span class="badge badge-open">Not verified</span>}
      </p>
      <p>{phoneNumber ?? email ?? webauthnCredential?.name ?? displayName}</p>
      {code && codeExpiresAt && (
        <p class="message-code">
          <code>{code}</code>
          <CopyButton text={code} what={`code ${code}`} />
          <span class="hint">
            changes <Remaining until={codeExpiresAt} />
          </span>
        </p>
      )}
      {lastVerifiedAt && (
        <p class="hint">
          Last verified <Time at={lastVerifiedAt} />
        </p>
      )}
    </>
  )
}

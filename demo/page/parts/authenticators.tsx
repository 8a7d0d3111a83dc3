/**
 * What a user can be challenged with, as the server SDK lists it.
 *
 * @module
 */
import { labelOf } from '../methods.js'
import { type Authenticator, addressOf } from '../user.js'

export function Authenticators({
  title,
  list,
}: {
  readonly title: string
  readonly list: readonly Authenticator[]
}) {
  return (
    <div class="authenticators">
      <h4>{title}</h4>
      {list.length === 0 && <p class="hint">None yet.</p>}
      <ul>
        {list.map(authenticator => (
          <li key={authenticator.userAuthenticatorId}>
            <span>{labelOf(authenticator.verificationMethod)}</span>
            {addressOf(authenticator) && <code>{addressOf(authenticator)}</code>}
          </li>
        ))}
      </ul>
    </div>
  )
}

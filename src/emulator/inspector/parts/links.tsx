/**
 * Links from one view to an item of another.
 *
 * @module
 */
import { linkTo } from '../address.js'

export const UserLink = ({ userId }: { readonly userId: string | undefined }) =>
  userId === undefined ? <span class="hint">not known</span> : <a href={linkTo('users', userId)}>{userId}</a>

/** The ID of an action in addresses of this page: it has none of its own in the API. */
export const actionId = (action: {
  readonly userId: string
  readonly actionCode: string
  readonly idempotencyKey: string
}) => `${action.userId}/${action.actionCode}/${action.idempotencyKey}`

interface ActionLinkProps {
  readonly userId?: string | undefined
  readonly actionCode?: string | undefined
  readonly idempotencyKey?: string | undefined
}

export function ActionLink({ userId, actionCode, idempotencyKey }: ActionLinkProps) {
  if (actionCode === undefined) return null
  if (userId === undefined || idempotencyKey === undefined) return <code>{actionCode}</code>
  return <a href={linkTo('actions', actionId({ userId, actionCode, idempotencyKey }))}>{actionCode}</a>
}

export const ChallengeLink = ({ challengeId }: { readonly challengeId: string }) => (
  <a href={linkTo('challenges', challengeId)}>challenge</a>
)

const METHODS: Readonly<Record<string, string>> = {
  SMS: 'SMS',
  WHATSAPP: 'WhatsApp',
  EMAIL_OTP: 'E-mail code',
  EMAIL_MAGIC_LINK: 'Magic link',
  AUTHENTICATOR_APP: 'Authenticator app',
  PASSKEY: 'Passkey',
  SECURITY_KEY: 'Security key',
  PUSH: 'Push',
  QR_CODE: 'QR code',
  DEVICE: 'Device',
}

export const methodName = (method: string) => METHODS[method] ?? method

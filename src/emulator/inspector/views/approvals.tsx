/**
 * What waits for the user's phone: push requests, QR codes, and WhatsApp messages of nOTP.
 *
 * @module
 */
import { computed, useSignal } from '@preact/signals'
import { control } from '../control.js'
import { Empty } from '../parts/empty.js'
import { TextField } from '../parts/field.js'
import { UserLink } from '../parts/links.js'
import { Problem } from '../parts/problem.js'
import { useTask } from '../parts/task.js'
import { submits } from '../parts/task-form.js'
import { Remaining } from '../parts/time.js'
import { ApprovalCard } from '../phone/approval-card.js'
import { notpLogins, pushRequests, qrCodes, refreshSoon, users } from '../state/emulator.js'
import { isFound, isSearching } from '../state/search.js'
import type { Approval, NotpLogin } from '../types.js'

const waitingLogins = computed(() => notpLogins.items.value.filter(({ state }) => state === 'waiting'))

export const foundApprovals = computed(() => ({
  push: pushRequests.value.filter(isFound),
  qr: qrCodes.value.filter(isFound),
  logins: waitingLogins.value.filter(isFound),
}))

export const approvalCount = computed(() => {
  const { push, qr, logins } = foundApprovals.value
  return push.length + qr.length + logins.length
})

export function Approvals() {
  const { push, qr, logins } = foundApprovals.value
  return (
    <div class="list approvals">
      {approvalCount.value === 0 && (
        <Empty title={isSearching.value ? 'Nothing found' : 'Nothing to approve'}>
          {isSearching.value
            ? 'Nothing that waits for a phone has this text.'
            : 'Push requests, QR codes and WhatsApp logins wait here for you to act as the user’s phone.'}
        </Empty>
      )}
      <h2 class="visually-hidden">Waiting for the user</h2>
      <ul class="messages" aria-label="Approvals">
        {push.map(request => (
          <li key={request.challengeId}>
            <PushRequest request={request} />
          </li>
        ))}
        {qr.map(request => (
          <li key={request.challengeId}>
            <QrCode request={request} />
          </li>
        ))}
        {logins.map(login => (
          <li key={login.code}>
            <WhatsappLogin login={login} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function PushRequest({ request }: { readonly request: Approval }) {
  const { challengeId, userId } = request
  const task = useTask()
  const respond = async (approved: boolean) => {
    await control('push/respond', { challengeId, approved })
    refreshSoon()
  }
  return (
    <ApprovalCard
      request={request}
      by="push"
      busy={task.busy}
      onRespond={approved => void task.run(() => respond(approved))}
      details={
        <p class="hint">
          User <UserLink userId={userId} />
        </p>
      }
    >
      <Problem task={task} />
    </ApprovalCard>
  )
}

function QrCode({ request }: { readonly request: Approval }) {
  const { challengeId, userId } = request
  const task = useTask()
  const scannedBy = useSignal(userId ?? '')

  const respond = async (approved: boolean) => {
    if (request.state === 'unclaimed') await control('qr/claim', { challengeId, userId: scannedBy.value })
    await control('qr/respond', { challengeId, approved })
    refreshSoon()
  }
  const user =
    userId === undefined ? (
      <TextField
        label="User who scans it"
        value={scannedBy}
        suggestions={users.items.value.map(each => each.userId)}
      />
    ) : (
      <p class="hint">
        User <UserLink userId={userId} />
      </p>
    )

  return (
    <ApprovalCard
      request={request}
      by="QR code"
      busy={task.busy}
      onRespond={approved => void task.run(() => respond(approved))}
      details={user}
    >
      <Problem task={task} />
    </ApprovalCard>
  )
}

/** A login by nOTP: the user sends a WhatsApp message with a code. */
function WhatsappLogin({ login: { code, flow, loginId, expiresAt } }: { readonly login: NotpLogin }) {
  const task = useTask()
  const phone = useSignal(/^\+\d+$/.test(loginId) ? loginId : '')
  const send = async () => {
    await control('notp/approve', { code, phone: phone.value.replace(/[^+\d]/g, '') })
    refreshSoon()
  }
  return (
    <form class="message" data-stop tabIndex={-1} onSubmit={submits(task, send)}>
      <p class="message-head">
        <span class="message-to">nOTP, {flow}</span>
        <span>
          expires <Remaining until={expiresAt} />
        </span>
      </p>
      <h3>
        WhatsApp message with the code <code>{code}</code>
      </h3>
      {loginId && <p class="hint">Login ID {loginId}</p>}
      <TextField label="Sent from the number" value={phone} type="tel" placeholder="+64210000001" required />
      <p class="approval-actions">
        <button type="submit" class="primary" aria-busy={task.busy}>
          Send
        </button>
      </p>
      <Problem task={task} />
    </form>
  )
}

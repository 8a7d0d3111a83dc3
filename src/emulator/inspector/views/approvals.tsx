/**
 * What waits for the user's phone: push requests, QR codes, and WhatsApp messages of nOTP.
 *
 * @module
 */
import { computed, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { control } from '../control.js'
import { Empty } from '../parts/empty.js'
import { UserLink } from '../parts/links.js'
import { Problem } from '../parts/problem.js'
import { useTask } from '../parts/task.js'
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
  const id = useId()
  const task = useTask()
  const scannedBy = useSignal(userId ?? '')

  const respond = async (approved: boolean) => {
    if (request.state === 'unclaimed') await control('qr/claim', { challengeId, userId: scannedBy.value })
    await control('qr/respond', { challengeId, approved })
    refreshSoon()
  }
  const user =
    userId === undefined ? (
      <div class="field">
        <label for={id}>User who scans it</label>
        <input
          id={id}
          list={`${id}-users`}
          autocomplete="off"
          spellcheck={false}
          value={scannedBy.value}
          onInput={event => {
            scannedBy.value = event.currentTarget.value
          }}
        />
        <datalist id={`${id}-users`}>
          {users.items.value.map(each => (
            <option key={each.userId} value={each.userId} />
          ))}
        </datalist>
      </div>
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
  const id = useId()
  const task = useTask()
  const phone = useSignal(/^\+\d+$/.test(loginId) ? loginId : '')
  const send = async () => {
    await control('notp/approve', { code, phone: phone.value.replace(/[^+\d]/g, '') })
    refreshSoon()
  }
  return (
    <form
      class="message"
      data-stop
      tabIndex={-1}
      onSubmit={event => {
        event.preventDefault()
        void task.run(send)
      }}
    >
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
      <div class="field">
        <label for={id}>Sent from the number</label>
        <input
          id={id}
          type="tel"
          required
          placeholder="+64210000001"
          autocomplete="off"
          value={phone.value}
          onInput={event => {
            phone.value = event.currentTarget.value
          }}
        />
      </div>
      <p class="approval-actions">
        <button type="submit" class="primary" aria-busy={task.busy}>
          Send
        </button>
      </p>
      <Problem task={task} />
    </form>
  )
}

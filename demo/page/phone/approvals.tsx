/**
 * The phone's approvals: push requests as they arrive, and QR codes that the user scans.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Empty } from '../../../src/emulator/inspector/parts/empty.js'
import { ApprovalCard, type ApprovalRequest } from '../../../src/emulator/inspector/phone/approval-card.js'
import { bringUp } from '../news.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'
import { pushRequests, respondToPush } from '../push-requests.js'
import { codeOnScreen, respondToQr } from '../qr-codes.js'
import { QrScanner } from './qr-scanner.js'

export function Approvals() {
  const scanned = useSignal<ApprovalRequest | undefined>(undefined)
  const announced = useSignal('')

  const respondTo =
    (respond: typeof respondToPush, { challengeId, actionCode }: ApprovalRequest) =>
    async (approved: boolean) => {
      await respond(challengeId, approved)
      if (scanned.value?.challengeId === challengeId) scanned.value = undefined
      announced.value = `You have ${approved ? 'approved' : 'rejected'} “${actionCode}”.`
    }

  const isEmpty = pushRequests.value.length === 0 && !scanned.value
  useEffect(() => {
    if (!isEmpty) announced.value = ''
  }, [isEmpty])

  useEffect(() => {
    if (codeOnScreen.value) bringUp('approvals')
  }, [codeOnScreen.value])

  return (
    <>
      {isEmpty && (
        <Empty title="Nothing to approve">
          Push requests arrive here. A QR code on the screen is scanned below.
        </Empty>
      )}
      <ul class="messages" aria-label="Approvals">
        {scanned.value && (
          <li key={scanned.value.challengeId}>
            <Approval
              request={scanned.value}
              by="QR code"
              takesFocus
              onRespond={respondTo(respondToQr, scanned.value)}
            />
          </li>
        )}
        {pushRequests.value.map(request => (
          <li key={request.challengeId}>
            <Approval request={request} by="push" onRespond={respondTo(respondToPush, request)} />
          </li>
        ))}
      </ul>
      <p class="approval-status" role="status">
        {isEmpty && announced.value}
      </p>
      <QrScanner
        onScreen={codeOnScreen.value === scanned.value?.challengeId ? '' : codeOnScreen.value}
        onScanned={request => {
          scanned.value = request
        }}
      />
    </>
  )
}

interface ApprovalProps {
  readonly request: ApprovalRequest
  readonly by: string
  readonly takesFocus?: boolean
  readonly onRespond: (approved: boolean) => Promise<void>
}

function Approval({ onRespond, ...card }: ApprovalProps) {
  const task = useTask()
  return (
    <ApprovalCard {...card} busy={task.busy} onRespond={approved => void task.run(() => onRespond(approved))}>
      <ProblemNote problem={task.problem} />
    </ApprovalCard>
  )
}

/**
 * The push requests that wait on the user's phone.
 *
 * @module
 */
import { signal } from '@preact/signals'
import type { ApprovalRequest } from '../../src/emulator/inspector/phone/approval-card.js'
import { control } from './control.js'
import { announce } from './news.js'
import { user } from './user.js'

/** Newest first. */
export const pushRequests = signal<readonly ApprovalRequest[]>([])

const INTERVAL = 1000

/** Polls for new requests until the page closes. */
export async function followPushRequests(): Promise<never> {
  for (;;) {
    // The inbox reports a lost connection.
    await look().catch(() => {})
    await new Promise(resolve => setTimeout(resolve, INTERVAL))
  }
}

async function look(): Promise<void> {
  const { userId, authenticators } = user.value
  const hasDevice = authenticators.some(({ verificationMethod }) => verificationMethod === 'PUSH')
  if (document.hidden || !hasDevice) return
  const { challenges } = await control<{ challenges: readonly ApprovalRequest[] }>(
    `push/pending?userId=${encodeURIComponent(userId)}`,
  )
  const isNew = ({ challengeId }: ApprovalRequest) =>
    pushRequests.value.every(known => known.challengeId !== challengeId)
  const arrived = challenges.filter(isNew)
  if (arrived.length === 0 && challenges.length === pushRequests.value.length) return
  pushRequests.value = challenges.toReversed()
  for (const { challengeId, actionCode } of arrived) {
    const text = `“${actionCode}” waits for your approval.`
    announce({ id: challengeId, screen: 'approvals', icon: 'APPROVALS', text })
  }
}

export async function respondToPush(challengeId: string, approved: boolean): Promise<void> {
  pushRequests.value = pushRequests.value.filter(request => request.challengeId !== challengeId)
  await control('push/respond', { challengeId, approved })
}

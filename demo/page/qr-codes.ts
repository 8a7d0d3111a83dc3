/**
 * QR codes as the user's phone deals with them: scanning one, and answering the question behind it.
 *
 * @module
 */
import { control } from './control.js'
import type { ApprovalRequest } from './push-requests.js'
import { shared } from './shared.js'
import { user } from './user.js'

/** What the QR code on the screen of the demo holds; empty when there is none. */
export const codeOnScreen = shared('code-on-screen', '')

/** The phone's user takes the challenge on. */
export function scan(challengeId: string): Promise<ApprovalRequest> {
  return control('qr/claim', { challengeId, userId: user.value.userId })
}

export async function answerQr(challengeId: string, approved: boolean): Promise<void> {
  await control('qr/respond', { challengeId, approved })
}

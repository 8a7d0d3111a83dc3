/**
 * QR codes on the user's phone: scan one, and approve or reject its request.
 *
 * @module
 */

import type { ApprovalRequest } from '../../src/emulator/inspector/phone/approval-card.js'
import { control } from './control.js'
import { shared } from './shared.js'
import { user } from './user.js'

/** The content of the QR code on the screen of the demo; empty when there is none. */
export const codeOnScreen = shared('code-on-screen', '')

/** The user of the phone claims the challenge. */
export function scan(challengeId: string): Promise<ApprovalRequest> {
  return control('qr/claim', { challengeId, userId: user.value.userId })
}

export async function respondToQr(challengeId: string, approved: boolean): Promise<void> {
  await control('qr/respond', { challengeId, approved })
}

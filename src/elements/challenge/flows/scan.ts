/**
 * Proving a method by a QR code that the user scans with the app on their phone.
 *
 * @module
 */

import { qrCode } from 'authsignal-channels'
import type { Choice } from '../methods/choices.js'
import type { ScanMethod } from '../methods/kinds.js'
import { createScanStep } from '../steps/scan.js'
import { NOTICES } from '../wording/notices.js'
import type { ProofHandlers, Stage } from './stage.js'

export function scanCode(
  { client, session, show, report, endsSession }: Stage,
  choice: Choice<ScanMethod>,
  { onVerified, useOther }: ProofHandlers,
) {
  const channel = client.session.add(qrCode)
  const step = createScanStep({
    choice,
    challenge: input => report(channel.challenge({ ...input, action: session.actionCode })),
    report,
    onVerified,
    // As for other requests on a phone: a rejection applies to the whole action.
    onRejected: () => show({ name: 'notice', notice: NOTICES.rejected }),
    endsStep: endsSession,
  })
  show({ name: 'scan', step, useOther })
  void step.start()
}

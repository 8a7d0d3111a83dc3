/**
 * Proving a method by a prompt of the browser: a passkey or security key.
 *
 * @module
 */

import { PERFORM, type Purpose } from '../methods/ceremonies.js'
import type { Choice } from '../methods/choices.js'
import type { CeremonyMethod } from '../methods/kinds.js'
import { createCeremonyStep } from '../steps/ceremony.js'
import type { ProofHandlers, Stage } from './stage.js'

export function runCeremony(
  { client, isFramed, show, report, endsSession }: Stage,
  choice: Choice<CeremonyMethod>,
  purpose: Purpose,
  { onVerified, useOther }: ProofHandlers,
) {
  const { name } = choice.method
  const step = createCeremonyStep({
    choice,
    context: { name, purpose, isFramed },
    perform: signal => report(PERFORM[name][purpose](client, signal)),
    onVerified,
    endsStep: endsSession,
  })
  show({ name: 'ceremony', step, useOther })
}

/**
 * A link by email: the page waits, and continues by itself once the link is opened on any device.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { channels } from '../channels.js'
import { addBackendCode, added, addedStep, allowAdding, allowCalls } from '../parts/add-method.js'
import type { Changed } from '../parts/changed.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { ProblemNote } from '../parts/problem-note.js'
import {
  PAYMENT,
  setTokenCall,
  stepUpBackendCode,
  trackStep,
  type Validated,
  validate,
  validateStep,
} from '../parts/step-up.js'
import type { Call } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { Uses } from '../parts/uses.js'
import { Waiting } from '../parts/waiting.js'
import { unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import { type Authenticator, enrolVerified } from '../user.js'
import type { Scenario } from './scenario.js'

export const magicLink: Scenario = {
  id: 'magic-link',
  title: 'Magic link',
  summary:
    'The user gets a link by e-mail and opens it, on this device or another one. This page waits and continues automatically.',
  Panel,
}

function Panel() {
  return (
    <Uses
      verificationMethod="EMAIL_MAGIC_LINK"
      noun="an address for links"
      preparation={{
        note: `This scenario needs a user who gets links by e-mail: the backend enrols ${email.address}.`,
        run: () => enrolVerified('magic-link', email.address),
      }}
      uses={[
        { id: 'enrol', label: 'Enrol', show: () => <Flow plan={enrolPlan} />, code: enrolCode },
        {
          id: 'step-up',
          label: 'Step-up',
          needsEnrolment: true,
          show: () => <Flow plan={stepUpPlan} />,
          code: stepUpCode,
        },
      ]}
    />
  )
}

const challengeCall: Call = { side: 'Browser', method: 'authsignal.emailML.challenge' }

const opening = {
  title: 'Open the link',
  calls: [{ side: 'Browser', method: 'authsignal.emailML.checkVerificationStatus' }],
} as const

const email = channels.find(({ id }) => id === 'email')!

const enrolPlan: FlowPlan<readonly Authenticator[], Changed> = {
  begin: {
    title: 'Send a link there',
    button: 'Send link',
    calls: [...allowCalls, { side: 'Browser', method: 'authsignal.emailML.enroll' }],
    field: email,
    async run(address) {
      const before = await allowAdding()
      unwrap(await authsignal.emailML.enroll({ email: address }))
      return before
    },
  },
  proof: {
    ...opening,
    show: ({ started, finish, startAgain }) => (
      <LinkSent onOpened={async token => finish(await added(started, token))} onStartAgain={startAgain} />
    ),
  },
  result: addedStep('The user can now get links there'),
}

const stepUpPlan: FlowPlan<void, Validated> = {
  begin: trackStep([setTokenCall, challengeCall], async token => {
    authsignal.setToken(token)
    unwrap(await authsignal.emailML.challenge())
  }),
  proof: {
    ...opening,
    show: ({ finish, startAgain }) => (
      <LinkSent onOpened={async token => finish(await validate(PAYMENT, token))} onStartAgain={startAgain} />
    ),
  },
  result: validateStep,
}

interface LinkSentProps {
  readonly onOpened: (token: string) => Promise<void>
  readonly onStartAgain: () => void
}

function LinkSent({ onOpened, onStartAgain }: LinkSentProps) {
  const resent = useSignal(false)
  const task = useTask()

  const wait = async (signal: AbortSignal) => {
    const { token } = unwrap(await authsignal.emailML.checkVerificationStatus({ signal }))
    if (token) await onOpened(token)
  }

  const resend = () =>
    task.run(async () => {
      resent.value = false
      unwrap(await authsignal.emailML.challenge())
      resent.value = true
    })

  return (
    <Waiting
      text="Waiting for the link to be opened: on the phone, or wherever the mail is read."
      wait={wait}
      onStartAgain={onStartAgain}
    >
      <p class="field-actions">
        <button type="button" class="link" aria-busy={task.busy} onClick={resend}>
          Send a new link
        </button>
      </p>
      <div role="status">
        {resent.value && <p class="hint">A new link is on its way. The earlier one no longer works.</p>}
      </div>
      <ProblemNote problem={task.problem} onStartAgain={onStartAgain} />
    </Waiting>
  )
}

const enrolCode = {
  backend: addBackendCode,
  browser: `
authsignal.setToken(token)
await authsignal.emailML.enroll({ email })
const response = await authsignal.emailML.checkVerificationStatus() // waits`,
}

const stepUpCode = {
  backend: stepUpBackendCode('when the link was opened'),
  browser: `
authsignal.setToken(token)
await authsignal.emailML.challenge() // again: send a new link
const response = await authsignal.emailML.checkVerificationStatus() // waits
if (response.token) await confirmPayment(response.token)`,
}

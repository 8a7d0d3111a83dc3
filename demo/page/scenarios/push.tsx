/**
 * Push: a request on the user's phone, which the user approves or rejects there.
 *
 * @module
 */
import { control } from '../control.js'
import { Code } from '../parts/code.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { NeedsMethod } from '../parts/needs-method.js'
import { Outcome } from '../parts/outcome.js'
import {
  PAYMENT,
  setTokenCall,
  showValidated,
  stepUpBackendCode,
  trackStep,
  type Validated,
  validate,
  validateCall,
} from '../parts/step-up.js'
import { Waiting } from '../parts/waiting.js'
import { unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import { refreshUser, user } from '../user.js'
import type { Scenario } from './scenario.js'

export const push: Scenario = {
  id: 'push',
  title: 'Push',
  summary: 'The user’s phone shows the request. One tap approves or rejects it, and this page continues.',
  Panel,
}

function Panel() {
  return (
    <>
      <NeedsMethod
        verificationMethod="PUSH"
        preparation={{
          note: 'This scenario needs a user whose phone is registered: the emulator registers the phone, as your own app would.',
          run: register,
        }}
        otherwise="Push needs a phone that your own app has registered with the service. This user has none yet."
      >
        <Flow plan={plan} />
      </NeedsMethod>
      <Code backend={backendCode} browser={browserCode} />
    </>
  )
}

/** What the mobile SDK does in an app on a real phone. */
async function register(): Promise<void> {
  await control('push/enroll', { userId: user.value.userId, deviceName: 'The phone of the demo' })
  await refreshUser()
}

/** The result of the backend; `undefined` when there was no token to validate. */
type Decision = Validated | undefined

const plan: FlowPlan<{ readonly challengeId: string }, Decision> = {
  begin: trackStep([setTokenCall, { side: 'Browser', method: 'authsignal.push.challenge' }], async token => {
    authsignal.setToken(token)
    return unwrap(await authsignal.push.challenge({ action: PAYMENT }))
  }),
  proof: {
    title: 'Approve it on the phone',
    calls: [{ side: 'Browser', method: 'authsignal.push.waitForResult' }],
    show: ({ started: { challengeId }, finish, startAgain }) => (
      <Waiting
        text="Waiting for the user to approve or reject on the phone."
        wait={async signal => {
          const { token } = unwrap(await authsignal.push.waitForResult({ challengeId, signal }))
          finish(token ? await validate(PAYMENT, token) : undefined)
        }}
        onStartAgain={startAgain}
      />
    ),
  },
  result: {
    title: 'Validate in the backend',
    calls: [validateCall],
    show: decision => (decision ? showValidated(decision) : <Rejected />),
  },
}

function Rejected() {
  return (
    <Outcome
      title="Rejected on the phone: the action must not go ahead"
      good={false}
      facts={{ isVerified: 'false', isConsumed: 'true' }}
    />
  )
}

const backendCode = stepUpBackendCode('when the user approved')

const browserCode = `
authsignal.setToken(token)
const { challengeId } = await authsignal.push.challenge({ action })
const response = await authsignal.push.waitForResult({ challengeId }) // waits
if (response.token) await confirmPayment(response.token)
else await cancelPayment() // rejected`

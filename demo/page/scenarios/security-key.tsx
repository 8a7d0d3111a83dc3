/**
 * A security key: enrolled once, then plugged in or tapped to confirm an action.
 *
 * @module
 */
import { addBackendCode, added, addedStep, allowAdding, allowCalls } from '../parts/add-method.js'
import { Ceremony } from '../parts/ceremony.js'
import type { Changed } from '../parts/changed.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import {
  PAYMENT,
  setTokenCall,
  stepUpBackendCode,
  trackStep,
  type Validated,
  validate,
  validateStep,
} from '../parts/step-up.js'
import { Uses } from '../parts/uses.js'
import { unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import type { Authenticator } from '../user.js'
import type { Scenario } from './scenario.js'

export const securityKey: Scenario = {
  id: 'security-key',
  title: 'Security key',
  summary:
    'A small device that the user plugs in or taps. It works only on the site that it was enrolled for, so it cannot be phished.',
  Panel,
}

function Panel() {
  return (
    <Uses
      verificationMethod="SECURITY_KEY"
      noun="a security key"
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

const enrolPlan: FlowPlan<readonly Authenticator[], Changed> = {
  begin: {
    title: 'Request a token that may add a key',
    button: 'Add a security key',
    calls: allowCalls,
    run: allowAdding,
  },
  proof: {
    title: 'Plug it in, or tap it',
    calls: [{ side: 'Browser', method: 'authsignal.securityKey.enroll' }],
    show: ({ started, finish, startAgain }) => (
      <Ceremony
        text="The browser prompts for the key. Its public key is sent to the service."
        button="Enrol the key"
        perform={async () => {
          const { token = '' } = unwrap(await authsignal.securityKey.enroll({ hints: ['security-key'] }))
          finish(await added(started, token))
        }}
        onStartAgain={startAgain}
      />
    ),
  },
  result: addedStep('The user can now confirm with the key'),
}

const stepUpPlan: FlowPlan<void, Validated> = {
  begin: trackStep([setTokenCall], async token => authsignal.setToken(token)),
  proof: {
    title: 'Plug it in, or tap it',
    calls: [{ side: 'Browser', method: 'authsignal.securityKey.verify' }],
    show: ({ finish, startAgain }) => (
      <Ceremony
        text="The browser prompts for a key that this user has enrolled."
        button="Use the key"
        perform={async () => {
          const { token = '' } = unwrap(await authsignal.securityKey.verify())
          finish(await validate(PAYMENT, token))
        }}
        onStartAgain={startAgain}
      />
    ),
  },
  result: validateStep,
}

const enrolCode = {
  backend: addBackendCode,
  browser: `
// straight from a click
authsignal.setToken(token)
const response = await authsignal.securityKey.enroll({ hints: ['security-key'] })`,
}

const stepUpCode = {
  backend: stepUpBackendCode('for the key'),
  browser: `
// straight from a click
authsignal.setToken(token)
const response = await authsignal.securityKey.verify()
if (response.token) await confirmPayment(response.token)`,
}

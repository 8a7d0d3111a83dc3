/**
 * Passkeys, in all four ways they are used: made, for step-up, for sign-in by a button, and by autofill.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import { addBackendCode, added, addedStep, allowAdding, allowCalls } from '../parts/add-method.js'
import { Ceremony } from '../parts/ceremony.js'
import type { Changed } from '../parts/changed.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { ProblemNote } from '../parts/problem-note.js'
import { finishSignIn, SIGN_IN, showSignedIn } from '../parts/signed-in.js'
import { StartAgain } from '../parts/start-again.js'
import {
  PAYMENT,
  stepUpBackendCode,
  trackStep,
  type Validated,
  validate,
  validateCall,
  validateStep,
} from '../parts/step-up.js'
import { type Call, Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { Uses } from '../parts/uses.js'
import { unwrap } from '../problem.js'
import { authsignal } from '../sdk.js'
import { type Authenticator, user } from '../user.js'
import type { Scenario } from './scenario.js'

export const passkey: Scenario = {
  id: 'passkey',
  title: 'Passkey',
  summary:
    'Created on the device or in a password manager, and used with a fingerprint, a face or a PIN. It identifies and verifies the user in one step.',
  Panel,
}

function Panel() {
  return (
    <Uses
      verificationMethod="PASSKEY"
      noun="a passkey"
      uses={[
        { id: 'sign-up', label: 'Add', show: () => <Flow plan={signUpPlan} />, code: signUpCode },
        {
          id: 'step-up',
          label: 'Step-up',
          needsEnrolment: true,
          show: () => <Flow plan={stepUpPlan} />,
          code: stepUpCode,
        },
        { id: 'sign-in', label: 'Sign in', show: () => <SignIn show={buttonPrompt} />, code: signInCode },
        { id: 'autofill', label: 'Autofill', show: () => <SignIn show={fieldPrompt} />, code: autofillCode },
      ]}
    />
  )
}

const signInCall: Call = { side: 'Browser', method: 'authsignal.passkey.signIn' }

const signUpPlan: FlowPlan<readonly Authenticator[], Changed> = {
  begin: {
    title: 'Request a token that may add a passkey',
    button: 'Add a passkey',
    calls: allowCalls,
    run: allowAdding,
  },
  proof: {
    title: 'Create it',
    calls: [{ side: 'Browser', method: 'authsignal.passkey.signUp' }],
    show: ({ started, finish, startAgain }) => (
      <Ceremony
        text="The browser offers places to save the passkey, and creates it."
        button="Make the passkey"
        perform={async () => {
          const { token = '' } = unwrap(await authsignal.passkey.signUp({ username: user.value.userId }))
          finish(await added(started, token))
        }}
        onStartAgain={startAgain}
      />
    ),
  },
  result: addedStep('The user can now use a passkey'),
}

const stepUpPlan: FlowPlan<string, Validated> = {
  begin: trackStep([], async token => token),
  proof: {
    title: 'Use the passkey',
    calls: [signInCall],
    show: ({ started: token, finish, startAgain }) => (
      <Ceremony
        text="The browser prompts for a passkey of this user. The token identifies the user."
        button="Confirm with the passkey"
        perform={async () => {
          const { token: confirmed = '' } = unwrap(await authsignal.passkey.signIn({ token }))
          finish(await validate(PAYMENT, confirmed))
        }}
        onStartAgain={startAgain}
      />
    ),
  },
  result: validateStep,
}

interface PromptProps {
  readonly onToken: (token: string) => Promise<void>
}

/** No user is known yet, so no action is tracked: the passkey identifies the user. */
function SignIn({ show }: { readonly show: (props: PromptProps) => ComponentChildren }) {
  const signedIn = useSignal<Validated | undefined>(undefined)
  return (
    <Steps>
      <Step title="Use a passkey" calls={[signInCall]} state={signedIn.value ? 'done' : 'current'}>
        {signedIn.value ? (
          <p class="step-summary">
            <StartAgain
              onClick={() => {
                signedIn.value = undefined
              }}
            />
          </p>
        ) : (
          show({
            onToken: async token => {
              signedIn.value = await finishSignIn(token)
            },
          })
        )}
      </Step>
      <Step
        title="Validate in the backend"
        calls={[validateCall]}
        state={signedIn.value ? 'current' : 'todo'}
      >
        {signedIn.value && showSignedIn(signedIn.value)}
      </Step>
    </Steps>
  )
}

const buttonPrompt = ({ onToken }: PromptProps) => (
  <Ceremony
    text="The browser offers all passkeys that it has for this site, of any user."
    button="Sign in with a passkey"
    perform={async () => {
      const { token } = unwrap(await authsignal.passkey.signIn({ action: SIGN_IN }))
      if (token) await onToken(token)
    }}
  />
)

const fieldPrompt = ({ onToken }: PromptProps) => <AutofillField onToken={onToken} />

/** Waits in the field for as long as it is on the screen. */
function AutofillField({ onToken }: PromptProps) {
  const id = useId()
  const task = useTask()

  const wait = (signal: AbortSignal) =>
    task.run(async () => {
      const { token } = unwrap(await authsignal.passkey.signIn({ autofill: true, action: SIGN_IN, signal }))
      if (token) await onToken(token)
    })

  useEffect(() => {
    const leaving = new AbortController()
    wait(leaving.signal)
    return () => leaving.abort()
  }, [])

  return (
    <>
      <div class="field">
        <label for={id}>User name</label>
        <input id={id} type="text" autocomplete="username webauthn" aria-describedby={`${id}-hint`} />
      </div>
      <p id={`${id}-hint`} class="hint">
        Go into the field: the browser offers passkeys among what it would fill in.
      </p>
      <ProblemNote problem={task.problem} />
    </>
  )
}

const signUpCode = {
  backend: addBackendCode,
  browser: `
// straight from a click
authsignal.setToken(token)
const response = await authsignal.passkey.signUp({ username })`,
}

const stepUpCode = {
  backend: stepUpBackendCode('for the passkey'),
  browser: `
// straight from a click
const response = await authsignal.passkey.signIn({ token })
if (response.token) await confirmPayment(response.token)`,
}

const signInBackendCode = `
// with the token that the browser got for the passkey
const { isValid, userId } = await authsignal.validateChallenge({ token, action: 'sign-in' })`

const signInCode = {
  backend: signInBackendCode,
  browser: `
// straight from a click
const response = await authsignal.passkey.signIn({ action: 'sign-in' })
if (response.token) await signIn(response.token)`,
}

const autofillCode = {
  backend: signInBackendCode,
  browser: `
// as soon as the page shows <input autocomplete="username webauthn">
const response = await authsignal.passkey.signIn({ action: 'sign-in', autofill: true })
if (response.token) await signIn(response.token)`,
}

/**
 * Codes of an authenticator app: scanning its secret, then confirming an action with what it shows.
 *
 * @module
 */

import { CopyButton } from '../../../src/emulator/inspector/parts/copy-button.js'
import { accounts, addAccount, currentCode, skipToNextCode } from '../authenticator-app.js'
import { addBackendCode, addedStep, allowAdding, allowCalls } from '../parts/add-method.js'
import { type Changed, changedSince } from '../parts/changed.js'
import { CodeForm, type Verdict } from '../parts/code-form.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { QrPicture } from '../parts/qr-picture.js'
import {
  ENROLMENT,
  PAYMENT,
  setTokenCall,
  stepUpBackendCode,
  trackStep,
  type Validated,
  validateStep,
  verifyAndValidate,
} from '../parts/step-up.js'
import type { Call } from '../parts/steps.js'
import { Uses } from '../parts/uses.js'
import { unwrap } from '../problem.js'
import { authsignal, config } from '../sdk.js'
import { type Authenticator, refreshUser } from '../user.js'
import type { Scenario } from './scenario.js'

export const authenticatorApp: Scenario = {
  id: 'authenticator-app',
  title: 'Authenticator app',
  summary:
    'The user scans a secret once, and an app on the phone creates a new code from it every 30 seconds. No message is sent.',
  Panel,
}

function Panel() {
  return (
    <Uses
      verificationMethod="AUTHENTICATOR_APP"
      noun="an authenticator app"
      preparation={{
        note: 'This scenario needs a user with an authenticator app: the demo sets it up on the phone.',
        run: setUpApp,
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

/** What the user does in the first use, without the user. A code works once, so the phone skips to the next one. */
async function setUpApp(): Promise<void> {
  await allowAdding()
  const account = unwrap(await authsignal.totp.enroll())
  addAccount(account)
  await verifyAndValidate('totp', ENROLMENT, currentCode(account).code)
  await skipToNextCode(account)
  await refreshUser()
}

interface Secret {
  readonly userAuthenticatorId: string
  readonly uri: string
  readonly secret: string
  readonly before: readonly Authenticator[]
}

const verifyCall: Call = { side: 'Browser', method: 'authsignal.totp.verify' }

const enrolPlan: FlowPlan<Secret, Changed> = {
  begin: {
    title: 'Request a secret',
    button: 'Set up an app',
    calls: [...allowCalls, { side: 'Browser', method: 'authsignal.totp.enroll' }],
    async run() {
      const before = await allowAdding()
      return { ...unwrap(await authsignal.totp.enroll()), before }
    },
  },
  proof: {
    title: 'Scan it, and enter the first code',
    calls: [verifyCall],
    show: ({ started, finish, startAgain }) => (
      <>
        <SecretToScan {...started} />
        <AppCodeForm
          verify={async code => {
            const verdict = await verifyAndValidate('totp', ENROLMENT, code)
            if (!verdict.isVerified) return verdict
            return { isVerified: true, done: await changedSince(started.before, verdict.done) }
          }}
          onVerified={finish}
          onStartAgain={startAgain}
        />
      </>
    ),
  },
  result: addedStep('The user can now confirm with an app'),
}

const stepUpPlan: FlowPlan<void, Validated> = {
  begin: trackStep([setTokenCall], async token => authsignal.setToken(token)),
  proof: {
    title: 'Enter the code',
    calls: [verifyCall],
    show: ({ finish, startAgain }) => (
      <AppCodeForm
        verify={code => verifyAndValidate('totp', PAYMENT, code)}
        onVerified={finish}
        onStartAgain={startAgain}
      />
    ),
  },
  result: validateStep,
}

function SecretToScan({ userAuthenticatorId, uri, secret }: Secret) {
  return (
    <div class="qr">
      <QrPicture text={uri} label="QR code of the secret" />
      <div class="qr-beside">
        {config.service === 'emulator' && (
          <button type="button" class="secondary" onClick={() => addAccount({ userAuthenticatorId, uri })}>
            Scan with the phone
          </button>
        )}
        <p class="hint">A real authenticator app can scan it too, or take the key by hand:</p>
        <p class="qr-text">
          <code>{inGroups(secret)}</code> <CopyButton text={secret} what="the key" />
        </p>
      </div>
    </div>
  )
}

interface AppCodeFormProps<Done> {
  readonly verify: (code: string) => Promise<Verdict<Done>>
  readonly onVerified: (done: Done) => void
  readonly onStartAgain: () => void
}

function AppCodeForm<Done>(props: AppCodeFormProps<Done>) {
  const [newest] = accounts.value
  return (
    <CodeForm
      {...props}
      label="Code of the app"
      codeOnPhone={newest && currentCode(newest).code}
      whenRefused="Each works once: wait for the next one if you have used it already."
    />
  )
}

/** In groups, which are easier to type. */
const inGroups = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

const enrolCode = {
  backend: addBackendCode,
  browser: `
authsignal.setToken(token)
const { uri, secret } = await authsignal.totp.enroll() // draw the uri as a QR code
const response = await authsignal.totp.verify({ code })`,
}

const stepUpCode = {
  backend: stepUpBackendCode('for the right code'),
  browser: `
authsignal.setToken(token)
const response = await authsignal.totp.verify({ code })
if (response.token) await confirmPayment(response.token)`,
}

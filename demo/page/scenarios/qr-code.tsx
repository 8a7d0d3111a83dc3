/**
 * A QR code instead of a user name: the phone that scans it is signed in, and identifies the user.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { Authsignal, ChallengeState } from 'authsignal-channels'
import { useEffect } from 'preact/hooks'
import { CopyButton } from '../../../src/emulator/inspector/parts/copy-button.js'
import { Choice } from '../parts/choice.js'
import { Code } from '../parts/code.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { Outcome } from '../parts/outcome.js'
import { ProblemNote } from '../parts/problem-note.js'
import { QrPicture } from '../parts/qr-picture.js'
import { finishSignIn, SIGN_IN, showSignedIn } from '../parts/signed-in.js'
import { type Validated, validateCall } from '../parts/step-up.js'
import { useTask } from '../parts/task.js'
import { problemOf, unwrap } from '../problem.js'
import { codeOnScreen } from '../qr-codes.js'
import { newClient } from '../sdk.js'
import type { Scenario } from './scenario.js'

export const qrCode: Scenario = {
  id: 'qr-code',
  title: 'QR code',
  summary:
    'No user is signed in here; one is signed in on the phone. The user scans the code and approves there, and this page gets the result.',
  Panel,
}

type Transport = 'websocket' | 'polling'

function Panel() {
  const transport = useSignal<Transport>('websocket')
  return (
    <>
      <Choice<Transport>
        label="Transport"
        options={[
          { value: 'websocket', label: 'WebSocket' },
          { value: 'polling', label: 'Polling' },
        ]}
        value={transport.value}
        onChange={chosen => {
          transport.value = chosen
        }}
      />
      <Flow key={transport.value} plan={plan(transport.value)} />
      <Code backend={backendCode} browser={browserCode[transport.value]} />
    </>
  )
}

/** The user who signed in; `undefined` when the user has rejected it. */
type Decision = Validated | undefined

const plan = (transport: Transport): FlowPlan<Authsignal, Decision> => ({
  begin: {
    title: 'Request a code',
    button: 'Show a QR code',
    calls: [{ side: 'Browser', method: 'authsignal.qrCode.challenge' }],
    // The component that shows the code requests it, so that both end together.
    run: async () => newClient(),
  },
  proof: {
    title: 'Scan it with the phone, and approve there',
    calls: [
      { side: 'Browser', method: 'authsignal.qrCode.refresh' },
      { side: 'Browser', method: 'authsignal.qrCode.disconnect' },
    ],
    show: ({ started, finish }) => (
      <QrScreen client={started} polling={transport === 'polling'} onDecided={finish} />
    ),
  },
  result: {
    title: 'Validate in the backend',
    calls: [validateCall],
    show: decision => (decision ? showSignedIn(decision) : <Rejected />),
  },
})

interface QrScreenProps {
  readonly client: Authsignal
  readonly polling: boolean
  readonly onDecided: (decision: Decision) => void
}

function QrScreen({ client, polling, onDecided }: QrScreenProps) {
  const challengeId = useSignal('')
  const state = useSignal<ChallengeState>('unclaimed')
  const task = useTask()

  const showCode = (id: string) => {
    challengeId.value = id
    codeOnScreen.value = id
  }

  const follow = () =>
    new Promise<Decision>((resolve, reject) => {
      client.qrCode
        .challenge({
          action: SIGN_IN,
          polling,
          onRefresh: showCode,
          onError: failure => reject(problemOf(failure)),
          onStateChange(now, token) {
            state.value = now
            if (now === 'approved' && token) resolve(finishSignIn(token))
            if (now === 'rejected') resolve(undefined)
          },
        })
        .then(response => showCode(unwrap(response).challengeId))
        .catch(reject)
    })

  useEffect(() => {
    task.run(async () => onDecided(await follow()))
    return () => {
      client.qrCode.disconnect()
      codeOnScreen.value = ''
    }
  }, [])

  return (
    <>
      {challengeId.value && task.busy && (
        <div class={`qr qr-${state.value}`}>
          <QrPicture text={challengeId.value} label="QR code to sign in with" />
          <div class="qr-beside">
            <p role="status">
              {words[state.value]}
              <br />
              <code>{state.value}</code>
            </p>
            <p class="qr-text">
              <code>{challengeId.value}</code> <CopyButton text={challengeId.value} what="the text" />
            </p>
            <button type="button" class="link" onClick={() => client.qrCode.refresh()}>
              Show another code
            </button>
          </div>
        </div>
      )}
      <ProblemNote problem={task.problem} />
    </>
  )
}

const words: Readonly<Record<ChallengeState, string>> = {
  unclaimed: 'Waiting for a phone to scan it.',
  claimed: 'Scanned. Waiting for the decision on the phone.',
  approved: 'Approved on the phone.',
  rejected: 'Rejected on the phone.',
}

function Rejected() {
  return <Outcome title="Rejected on the phone: not signed in" good={false} facts={{ state: 'rejected' }} />
}

const backendCode = `
// with the token that the browser got when the user approved
const { isValid, userId } = await authsignal.validateChallenge({ token, action: 'sign-in' })`

const browserCode: Readonly<Record<Transport, string>> = {
  websocket: challengeCode(''),
  polling: challengeCode('\n  polling: true,'),
}

function challengeCode(option: string): string {
  return `
const { challengeId } = await authsignal.qrCode.challenge({
  action: 'sign-in',${option}
  onRefresh: drawQrCode,
  onStateChange(state, token) {
    if (state === 'approved') signIn(token)
  },
})
drawQrCode(challengeId)
// when the user leaves the page
authsignal.qrCode.disconnect()`
}

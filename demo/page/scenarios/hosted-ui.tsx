/**
 * Adaptive MFA with the hosted UI, in its three ways to appear: popup, window, redirect.
 *
 * @module
 */
import { type Signal, useSignal } from '@preact/signals'
import type { UserMessageTexts } from 'authsignal-channels'
import { useEffect } from 'preact/hooks'
import { channels } from '../channels.js'
import { popupOpen } from '../messages.js'
import { Authenticators } from '../parts/authenticators.js'
import { Choice } from '../parts/choice.js'
import { Code } from '../parts/code.js'
import { Decided, DecidedOutcome } from '../parts/decided.js'
import { preparationOf, usePreparation } from '../parts/needs-method.js'
import { Note } from '../parts/note.js'
import { ProblemNote } from '../parts/problem-note.js'
import { RuleChoice } from '../parts/rule-choice.js'
import { StartAgain } from '../parts/start-again.js'
import { showValidated, track, trackCall, type Validated, validate, validateCall } from '../parts/step-up.js'
import { Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { OwnWindow } from '../phone/tools.js'
import { problemOf } from '../problem.js'
import { rule } from '../rules.js'
import { authsignal, config, takeRedirectToken } from '../sdk.js'
import { authenticatorOf, enrolVerified, refreshUser, user } from '../user.js'
import type { Scenario } from './scenario.js'

export const hostedUi: Scenario = {
  id: 'hosted-ui',
  title: 'Step-up, hosted UI',
  summary:
    'The same decision on the backend, but the pre-built page verifies the user. Your app opens it and gets a token back.',
  Panel,
}

type Mode = 'popup' | 'window' | 'redirect'

const ACTION = 'open-vault'

function Panel() {
  // The page was loaded by the redirect back: the scenario continues.
  const returned = useSignal(takeRedirectToken())
  const mode = useSignal<Mode>(returned.peek() ? 'redirect' : 'popup')
  return (
    <>
      <div class="controls">
        <Choice<Mode>
          label="Opens as"
          options={[
            { value: 'popup', label: 'Popup' },
            { value: 'window', label: 'Window' },
            { value: 'redirect', label: 'Redirect' },
          ]}
          value={mode.value}
          onChange={chosen => {
            mode.value = chosen
          }}
        />
        <RuleChoice />
      </div>
      <Methods />
      <Flow key={rule.value} mode={mode.value} returned={returned} />
      <Code backend={backendCode(mode.value)} browser={browserCode[mode.value]} />
    </>
  )
}

/** The hosted page offers what the user is enrolled for. */
function Methods() {
  const task = useTask()
  const hasNone = user.value.authenticators.length === 0
  const { problem } = usePreparation(hasNone, preparationOf(channels[0]))
  const missing = config.service === 'emulator' ? channels.filter(channel => !authenticatorOf(channel)) : []
  return (
    <Note>
      <Authenticators title="What the hosted page will offer" list={user.value.authenticators} />
      {hasNone && config.service === 'tenant' && (
        <p>Enrol this user in another scenario first: without a method there is nothing to challenge with.</p>
      )}
      {missing.length > 0 && (
        <p class="field-actions">
          {missing.map(channel => (
            <button
              key={channel.id}
              type="button"
              class="link"
              onClick={() => task.run(async () => void (await enrolVerified(channel.id, channel.address)))}
            >
              Add {channel.label}
            </button>
          ))}
        </p>
      )}
      <ProblemNote problem={problem ?? task.problem} />
    </Note>
  )
}

type Progress =
  | { readonly at: 'begin' }
  | { readonly at: 'decided'; readonly decided: Decided }
  | { readonly at: 'launch'; readonly url: string }
  | { readonly at: 'result'; readonly validated: Validated }

interface FlowProps {
  readonly mode: Mode
  /** The token of the redirect back, until it is used. */
  readonly returned: Signal<string | undefined>
}

function Flow({ mode, returned }: FlowProps) {
  const progress = useSignal<Progress>({ at: 'begin' })
  const task = useTask()
  const now = progress.value

  const finish = async (token: string) => {
    progress.value = { at: 'result', validated: await validate(ACTION, token) }
    await refreshUser()
  }

  useEffect(() => {
    const token = returned.peek()
    returned.value = undefined
    if (token) task.run(() => finish(token))
  }, [])

  const begin = () =>
    task.run(async () => {
      const { state, url } = await track(ACTION, { returnTo: hostedUi.id })
      progress.value = url ? { at: 'launch', url } : { at: 'decided', decided: new Decided(state) }
    })

  const open = (url: string) =>
    task.run(async () => {
      if (mode === 'redirect') return authsignal.launch(url, { mode })
      popupOpen.value = mode === 'popup'
      const result = await authsignal.launch(url, { mode }).finally(() => {
        popupOpen.value = false
      })
      if (result.errorCode !== undefined) throw problemOf(result, texts)
      await finish(result.data.token)
    })

  const startAgain = () => {
    progress.value = { at: 'begin' }
  }

  return (
    <Steps>
      <Step
        title="Check what the action needs"
        calls={[trackCall]}
        state={now.at === 'begin' ? 'current' : 'done'}
      >
        {now.at === 'begin' ? (
          <button type="button" class="primary" aria-busy={task.busy} onClick={begin}>
            Open the vault
          </button>
        ) : (
          <p class="step-summary">
            {now.at === 'launch' && <code>CHALLENGE_REQUIRED</code>}
            <StartAgain onClick={startAgain} />
          </p>
        )}
        {now.at === 'begin' && <ProblemNote problem={task.problem} />}
        {now.at === 'decided' && <DecidedOutcome {...now.decided} />}
      </Step>

      <Step
        title="Open the hosted page"
        calls={[
          { side: 'Browser', method: 'authsignal.launch' },
          ...(mode === 'redirect' ? [{ side: 'Browser', method: 'authsignal.handleRedirect' } as const] : []),
        ]}
        state={now.at === 'launch' ? 'current' : now.at === 'result' ? 'done' : 'todo'}
      >
        {now.at === 'launch' && (
          <>
            <p>{explanation[mode]}</p>
            {mode === 'redirect' && config.service === 'emulator' && (
              <p>
                The phone on this page goes with it, so open it first: <OwnWindow />
              </p>
            )}
            <button type="button" class="primary" aria-busy={task.busy} onClick={() => open(now.url)}>
              Continue in the {nouns[mode]}
            </button>
            <ProblemNote problem={task.problem} onStartAgain={startAgain} />
          </>
        )}
      </Step>

      <Step
        title="Validate in the backend"
        calls={[validateCall]}
        state={now.at === 'result' ? 'current' : 'todo'}
      >
        {now.at === 'result' && showValidated(now.validated)}
      </Step>
    </Steps>
  )
}

/** More specific than the SDK's own text: the page knows what the user was about to do. */
const texts: UserMessageTexts = {
  popup_closed: 'You closed it before you were verified, so the vault stays closed. You can continue again.',
}

const nouns: Record<Mode, string> = { popup: 'popup', window: 'new window', redirect: 'hosted page' }

const explanation: Record<Mode, string> = {
  popup: 'A dialog over this page. New codes show at the top of the screen while it is open.',
  window: 'A window of its own; this page and its phone stay usable.',
  redirect: 'This tab leaves for the hosted page and comes back with the token in its address.',
}

const backendCode = (mode: Mode) => `
const action = '${ACTION}'
${
  mode === 'redirect'
    ? `const attributes = { redirectUrl: 'https://shop.example/vault' }
const { state, url } = await authsignal.track({ userId, action, attributes })`
    : 'const { state, url } = await authsignal.track({ userId, action })'
}
if (state === 'ALLOW') return openVault()
if (state === 'REVIEW_REQUIRED') return holdRequest()
if (state !== 'CHALLENGE_REQUIRED') return refuse() // BLOCK
return { url } // to the browser
// later, with the token that the hosted page gave
const { isValid } = await authsignal.validateChallenge({ token, action, userId })
if (isValid) return openVault()`

const browserCode: Record<Mode, string> = {
  popup: `
const { token } = await authsignal.launch(url)
if (token) await openVault(token)`,
  window: `
// straight from the click, or the browser blocks the window
const { token } = await authsignal.launch(url, { mode: 'window' })
if (token) await openVault(token)`,
  redirect: `
authsignal.launch(url, { mode: 'redirect' })
// when the page that redirectUrl names has loaded
const token = authsignal.handleRedirect()
if (token) await openVault(token)`,
}

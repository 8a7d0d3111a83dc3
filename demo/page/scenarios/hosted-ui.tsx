/**
 * Adaptive MFA with the hosted UI, in its three ways to appear: popup, window, redirect.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { channels } from '../channels.js'
import { popupOpen } from '../messages.js'
import { Authenticators } from '../parts/authenticators.js'
import { Choice } from '../parts/choice.js'
import { Code } from '../parts/code.js'
import { Note } from '../parts/note.js'
import { ProblemNote } from '../parts/problem-note.js'
import {
  showValidated,
  type Tracked,
  track,
  trackCall,
  type Validated,
  validate,
  validateCall,
} from '../parts/step-up.js'
import { Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { OwnWindow } from '../phone/tools.js'
import { problemOf } from '../problem.js'
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
  const [returned] = useState(takeRedirectToken)
  const mode = useSignal<Mode>(returned ? 'redirect' : 'popup')
  return (
    <>
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
      <Methods />
      <Flow mode={mode.value} returned={returned} />
      <Code backend={backendCode(mode.value)} browser={browserCode[mode.value]} />
    </>
  )
}

/** The hosted page offers what the user is enrolled for; with nothing, it enrols first. */
function Methods() {
  const task = useTask()
  const missing = channels.filter(channel => !authenticatorOf(channel))
  return (
    <Note>
      <Authenticators title="What the hosted page will offer" list={user.value.authenticators} />
      {user.value.authenticators.length === 0 && (
        <p>Without one, the hosted page lets the user set up a first method.</p>
      )}
      {missing.length > 0 && (
        <p class="field-actions">
          {missing.map(channel => (
            <button
              key={channel.id}
              type="button"
              class="link"
              onClick={() => task.run(async () => void (await enrolVerified(channel, channel.address)))}
            >
              Add {channel.label}
            </button>
          ))}
        </p>
      )}
      <ProblemNote problem={task.problem} />
    </Note>
  )
}

type Progress =
  | { readonly at: 'begin' }
  | { readonly at: 'launch'; readonly tracked: Tracked }
  | { readonly at: 'result'; readonly validated: Validated }

function Flow({ mode, returned }: { readonly mode: Mode; readonly returned: string | undefined }) {
  const progress = useSignal<Progress>({ at: 'begin' })
  const task = useTask()
  const now = progress.value

  const finish = async (token: string) => {
    progress.value = { at: 'result', validated: await validate(ACTION, token) }
    await refreshUser()
  }

  useEffect(() => {
    if (returned) task.run(() => finish(returned))
  }, [])

  const begin = () =>
    task.run(async () => {
      progress.value = { at: 'launch', tracked: await track(ACTION, { returnTo: hostedUi.id }) }
    })

  const open = (url: string) =>
    task.run(async () => {
      if (mode === 'redirect') return authsignal.launch(url, { mode })
      popupOpen.value = mode === 'popup'
      const result = await authsignal.launch(url, { mode }).finally(() => {
        popupOpen.value = false
      })
      if (result.errorCode !== undefined) throw problemOf(result)
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
            {now.at === 'launch' && <code>{now.tracked.state}</code>}
            <button type="button" class="link" onClick={startAgain}>
              Start again
            </button>
          </p>
        )}
        {now.at === 'begin' && <ProblemNote problem={task.problem} />}
      </Step>

      <Step
        title="Open the hosted page"
        calls={[
          { side: 'Browser', method: 'authsignal.launch' },
          ...(mode === 'redirect' ? [{ side: 'Browser', method: 'authsignal.handleRedirect' } as const] : []),
        ]}
        state={now.at === 'begin' ? 'todo' : now.at === 'launch' ? 'current' : 'done'}
      >
        {now.at === 'launch' && (
          <>
            <p>{explanation[mode]}</p>
            {mode === 'redirect' && config.service === 'emulator' && (
              <p>
                The phone on this page goes with it, so open it first: <OwnWindow />
              </p>
            )}
            <button type="button" class="primary" aria-busy={task.busy} onClick={() => open(now.tracked.url)}>
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
const { url } = await authsignal.track({ userId, action, attributes })`
    : 'const { url } = await authsignal.track({ userId, action })'
}
// later, with the token that the hosted page gave
const { isValid } = await authsignal.validateChallenge({ token, action })`

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

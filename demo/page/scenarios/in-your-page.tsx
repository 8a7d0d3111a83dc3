/**
 * The finished UI in the app's own page: the element runs the whole challenge, in the colours and language of the app.
 *
 * @module
 */
import 'authsignal-channels/elements'
import { useSignal } from '@preact/signals'
import { channels } from '../channels.js'
import { Decided, DecidedOutcome } from '../parts/decided.js'
import { NeedsChannel } from '../parts/needs-method.js'
import { ProblemNote } from '../parts/problem-note.js'
import { RuleChoice } from '../parts/rule-choice.js'
import { StartAgain } from '../parts/start-again.js'
import {
  PAYMENT,
  showValidated,
  stepUpBackendCode,
  track,
  trackCall,
  type Validated,
  validate,
  validateCall,
} from '../parts/step-up.js'
import { Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { DEFAULT_LOOK, type Look, LookCode, ThemePanel } from '../parts/theme-panel.js'
import { rule } from '../rules.js'
import { config } from '../sdk.js'
import type { Scenario } from './scenario.js'

export const inYourPage: Scenario = {
  id: 'in-your-page',
  title: 'Step-up, finished UI',
  summary:
    'One element runs the whole challenge in your page: every method, every error, ten languages. Nothing is left to build but its colours.',
  Panel,
}

function Panel() {
  const look = useSignal(DEFAULT_LOOK)
  return (
    <>
      <div class="controls">
        <RuleChoice />
      </div>
      <ThemePanel look={look} />
      <NeedsChannel channel={channels[0]}>
        <Flow key={rule.value} look={look.value} />
      </NeedsChannel>
      <LookCode look={look.value} backend={stepUpBackendCode('from the element')} />
    </>
  )
}

type Progress =
  | { readonly at: 'begin' }
  | { readonly at: 'decided'; readonly decided: Decided }
  | { readonly at: 'challenge'; readonly token: string }
  | { readonly at: 'result'; readonly validated: Validated }

function Flow({ look }: { readonly look: Look }) {
  const progress = useSignal<Progress>({ at: 'begin' })
  const task = useTask()
  const now = progress.value
  const startAgain = () => {
    progress.value = { at: 'begin' }
  }

  const begin = () =>
    task.run(async () => {
      const { state, token } = await track(PAYMENT)
      progress.value =
        token === undefined ? { at: 'decided', decided: new Decided(state) } : { at: 'challenge', token }
    })

  const finish = (token: string) =>
    task.run(async () => {
      progress.value = { at: 'result', validated: await validate(PAYMENT, token) }
    })

  return (
    <Steps>
      <Step
        title="Check what the action needs"
        calls={[trackCall]}
        state={now.at === 'begin' ? 'current' : 'done'}
      >
        {now.at === 'begin' ? (
          <>
            <button type="button" class="primary" aria-busy={task.busy} onClick={begin}>
              Send the payment
            </button>
            <ProblemNote problem={task.problem} />
          </>
        ) : (
          <p class="step-summary">
            <StartAgain onClick={startAgain} />
          </p>
        )}
        {now.at === 'decided' && <DecidedOutcome {...now.decided} />}
      </Step>

      <Step
        title="Show the element"
        calls={[{ side: 'Browser', method: '<authsignal-challenge>' }]}
        state={now.at === 'challenge' ? 'current' : now.at === 'result' ? 'done' : 'todo'}
      >
        {now.at === 'challenge' && (
          <>
            <authsignal-challenge
              tenant-id={config.tenantId}
              base-url={config.baseUrl}
              token={now.token}
              theme={look.theme}
              lang={look.lang || undefined}
              dir={look.dir || undefined}
              brand={BRAND}
              action="Send $120 to Acme"
              style={{ '--authsignal-accent': look.accent, '--authsignal-radius': `${look.radius}px` }}
              onsuccess={({ detail }) => void finish(detail.token)}
              oncancel={startAgain}
            />
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

/** Outside of the component: another object would be another brand each time. */
const BRAND = { name: 'Demo bank' }

/**
 * Webhooks: what the service reports to the backend, with the signatures that the backend has verified.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { get, post } from '../backend.js'
import { control } from '../control.js'
import { pretty } from '../literal.js'
import { Code } from '../parts/code.js'
import { ProblemNote } from '../parts/problem-note.js'
import { Step, Steps } from '../parts/steps.js'
import { useTask } from '../parts/task.js'
import { config } from '../sdk.js'
import { enrolVerified, user } from '../user.js'
import type { Scenario } from './scenario.js'

export const webhooks: Scenario = {
  id: 'webhooks',
  title: 'Webhooks',
  summary:
    'The service tells the backend what happens: a user has enrolled a number, an action was tracked. The backend verifies the signature of each event.',
  Panel,
}

/** An event that the backend has verified. */
interface ReceivedEvent {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly data: object
  readonly arrivals: number
}

/** How the emulator has delivered it. */
interface Delivery {
  readonly id: string
  /** JSON. */
  readonly body: string
  readonly status: 'pending' | 'delivered' | 'failed'
  readonly attempts: readonly object[]
}

const INTERVAL = 1000

function Panel() {
  const events = useSignal<readonly ReceivedEvent[]>([])
  const deliveries = useSignal<ReadonlyMap<string, Delivery>>(new Map())
  const task = useTask()

  async function look() {
    events.value = (await get<{ events: readonly ReceivedEvent[] }>('webhooks')).events
    if (config.service === 'emulator') deliveries.value = await deliveriesByEvent()
  }
  useEffect(() => {
    // A lost connection is shown by the phone.
    const timer = setInterval(() => void (document.hidden || look().catch(() => {})), INTERVAL)
    void look().catch(() => {})
    return () => clearInterval(timer)
  }, [])

  const replay = async ({ id }: Delivery) => {
    await control(`webhooks/deliveries/${id}/replay`, {})
    await look()
  }
  const run = (work: () => Promise<unknown>) =>
    task.run(async () => {
      await work()
      await look()
    })
  return (
    <>
      <Steps>
        <Step
          title="Make something happen"
          calls={[
            { side: 'Backend', method: 'authsignal.track' },
            { side: 'Backend', method: 'authsignal.enrollVerifiedAuthenticator' },
          ]}
          state={events.value.length > 0 ? 'done' : 'current'}
        >
          <div class="event-causes">
            <button
              type="button"
              class="primary"
              aria-busy={task.busy}
              onClick={() => run(() => post('track', { action: 'view-report' }))}
            >
              Track an action
            </button>
            <button
              type="button"
              class="secondary"
              aria-busy={task.busy}
              onClick={() => run(() => enrolVerified('sms', '+64 21 000 0001'))}
            >
              Enrol a number
            </button>
          </div>
          <ProblemNote problem={task.problem} />
        </Step>
        <Step
          title="The backend verifies each event"
          calls={[{ side: 'Backend', method: 'webhook.constructEvent' }]}
          state={events.value.length > 0 ? 'current' : 'todo'}
        >
          <ul class="events" aria-label="Events">
            {events.value.map(event => (
              <Event
                key={event.id}
                event={event}
                delivery={deliveries.value.get(event.id)}
                onReplay={replay}
              />
            ))}
          </ul>
        </Step>
      </Steps>
      <Code backend={backendCode} />
    </>
  )
}

interface EventProps {
  readonly event: ReceivedEvent
  readonly delivery: Delivery | undefined
  onReplay(delivery: Delivery): Promise<void>
}

function Event({ event, delivery, onReplay }: EventProps) {
  const { type, time, data, arrivals } = event
  const task = useTask()
  return (
    <li class="event">
      <p class="event-head">
        <code>{type}</code>
        <time dateTime={time}>{new Date(time).toLocaleTimeString()}</time>
      </p>
      <p class="event-state">
        <span class="badge badge-verified">Signature verified</span>
        {delivery && <span>{stateOf(delivery)}</span>}
        {arrivals > 1 && <span>Arrived {arrivals} times, counted once</span>}
      </p>
      <details>
        <summary>Data</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard has to reach them */}
        <pre tabIndex={0}>
          <code>{pretty(data)}</code>
        </pre>
      </details>
      {delivery && (
        <button
          type="button"
          class="link"
          aria-busy={task.busy}
          onClick={() => task.run(() => onReplay(delivery))}
        >
          Send again
        </button>
      )}
      <ProblemNote problem={task.problem} />
    </li>
  )
}

const STATES = { pending: 'Is tried again', delivered: 'Delivered', failed: 'Given up' }

const stateOf = ({ status, attempts }: Delivery) =>
  `${STATES[status]}, ${attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}`

async function deliveriesByEvent(): Promise<ReadonlyMap<string, Delivery>> {
  const path = `webhooks/deliveries?userId=${encodeURIComponent(user.value.userId)}`
  const { deliveries } = await control<{ deliveries: readonly Delivery[] }>(path)
  return new Map(deliveries.map(delivery => [JSON.parse(delivery.body).id, delivery]))
}

const backendCode = `
app.post('/webhooks', async c => {
  const body = await c.req.text() // as it was sent
  const signature = c.req.header('X-Signature-V2')
  const event = authsignal.webhook.constructEvent(body, signature) // throws if it is not valid
  if (await isKnown(event.id)) return c.text('Known already.') // an event can arrive twice
  await keep(event)
  return c.text('Thank you.')
})`

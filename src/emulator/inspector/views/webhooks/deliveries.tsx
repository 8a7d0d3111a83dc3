/**
 * What was sent to webhooks, and what they responded.
 *
 * @module
 */
import { control } from '../../control.js'
import { Badge } from '../../parts/badge.js'
import { Facts } from '../../parts/facts.js'
import { Json } from '../../parts/json.js'
import { UserLink } from '../../parts/links.js'
import { Problem } from '../../parts/problem.js'
import { Split } from '../../parts/split.js'
import { useTask } from '../../parts/task.js'
import { Time } from '../../parts/time.js'
import { deliveries, refreshSoon } from '../../state/emulator.js'
import type { WebhookDelivery } from '../../types.js'
import { found } from '../found.js'

export const foundDeliveries = found(() => deliveries.value)

export function Deliveries() {
  return (
    <Split
      view="webhooks"
      label="Deliveries"
      items={foundDeliveries.value}
      idOf={({ id }) => id}
      row={delivery => (
        <>
          <strong class="grow">{delivery.event}</strong>
          <span class="muted grow">{delivery.url}</span>
          <Badge state={delivery.status} />
          <Time at={delivery.createdAt} />
        </>
      )}
      titleOf={({ event }) => event}
      details={delivery => <DeliveryDetails delivery={delivery} />}
      empty={{
        title: 'Nothing was sent to a webhook',
        text: 'What a webhook is sent appears here, with its responses.',
      }}
    />
  )
}

function DeliveryDetails({ delivery }: { readonly delivery: WebhookDelivery }) {
  const { id, url, status, userId, body, attempts, createdAt, nextAttemptAt } = delivery
  const task = useTask()
  const replay = async () => {
    await control(`webhooks/deliveries/${encodeURIComponent(id)}/replay`, {})
    refreshSoon()
  }
  return (
    <>
      <Facts
        facts={[
          ['State', <Badge key="state" state={status} />],
          ['To', <code key="to">{url}</code>],
          ['User', userId && <UserLink key="user" userId={userId} />],
          ['Created', <Time key="created" at={createdAt} />],
          ['Next attempt', nextAttemptAt && <Time key="next" at={nextAttemptAt} />],
        ]}
      />
      <p>
        <button type="button" class="secondary" aria-busy={task.busy} onClick={() => task.run(replay)}>
          Send again
        </button>
      </p>
      <Problem task={task} />
      <h3>Attempts</h3>
      <ol class="plain">
        {attempts.map(({ at, response, problem }) => (
          <li key={at}>
            <Time at={at} /> {response ? `${response.status} ${response.body}` : problem}
          </li>
        ))}
      </ol>
      <Json title="Body" value={JSON.parse(body)} />
    </>
  )
}

/**
 * The emulator itself: its addresses, its clock, the outcomes of track, and starting over.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { control } from '../control.js'
import { Badge } from '../parts/badge.js'
import { Facts, Id } from '../parts/facts.js'
import { Problem } from '../parts/problem.js'
import { useTask } from '../parts/task.js'
import { duration, Remaining } from '../parts/time.js'
import { advance, aheadMs, now, returnToRealTime } from '../state/clock.js'
import { health, outcomes, refreshSoon, tenants } from '../state/emulator.js'
import { Faults } from './faults.js'

export function Settings() {
  return (
    <div class="list settings">
      <Clock />
      <Outcomes />
      <Faults />
      <Tenants />
      <Addresses />
      <Reset />
    </div>
  )
}

const STEPS = [
  ['1 minute', 60],
  ['10 minutes', 600],
  ['1 hour', 3600],
  ['1 day', 86_400],
] as const

function Clock() {
  const task = useTask()
  const id = useId()
  const minutes = useSignal('')
  const ahead = Math.round(aheadMs.value / 1000)
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <p>
        <strong class="clock-time">{new Date(now.value).toLocaleString()}</strong>{' '}
        <span class="muted">{ahead > 0 ? `${duration(ahead)} ahead of real time` : 'real time'}</span>
      </p>
      <p class="hint">Codes, tokens and limits follow this clock. Move it ahead to see them expire.</p>
      <p class="buttons">
        {STEPS.map(([label, seconds]) => (
          <button
            key={label}
            type="button"
            class="secondary"
            aria-busy={task.busy}
            onClick={() => task.run(() => advance(seconds))}
          >
            + {label}
          </button>
        ))}
        <button
          type="button"
          class="secondary"
          disabled={ahead === 0}
          onClick={() => task.run(returnToRealTime)}
        >
          Back to real time
        </button>
      </p>
      <form
        class="inline-form"
        onSubmit={event => {
          event.preventDefault()
          void task.run(() => advance(Number(minutes.value) * 60))
        }}
      >
        <div class="field">
          <label for={id}>Minutes to move ahead</label>
          <input
            id={id}
            type="number"
            min="0"
            step="any"
            required
            value={minutes.value}
            onInput={event => {
              minutes.value = event.currentTarget.value
            }}
          />
        </div>
        <button type="submit" class="secondary" aria-busy={task.busy}>
          Move ahead
        </button>
      </form>
      <Problem task={task} />
    </section>
  )
}

const OUTCOMES = ['ALLOW', 'CHALLENGE', 'REVIEW', 'BLOCK']

function Outcomes() {
  const task = useTask()
  const id = useId()
  const action = useSignal('')
  const outcome = useSignal('BLOCK')
  const save = async () => {
    await control('outcomes', { action: action.value.trim(), outcome: outcome.value })
    action.value = ''
    refreshSoon()
  }
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">Outcomes</h2>
      <p class="hint">
        What track decides for a new action. Without an outcome of its own, an action is challenged.
      </p>
      {outcomes.value.length > 0 && (
        <ul class="plain" aria-label="Outcomes that were set">
          {outcomes.value.map(each => (
            <li key={each.action}>
              <code>{each.action}</code> <Badge state={each.outcome} />
            </li>
          ))}
        </ul>
      )}
      <form
        class="inline-form"
        onSubmit={event => {
          event.preventDefault()
          void task.run(save)
        }}
      >
        <div class="field">
          <label for={`${id}-action`}>Action</label>
          <input
            id={`${id}-action`}
            required
            autocomplete="off"
            spellcheck={false}
            value={action.value}
            onInput={event => {
              action.value = event.currentTarget.value
            }}
          />
        </div>
        <div class="field">
          <label for={`${id}-outcome`}>Outcome</label>
          <select
            id={`${id}-outcome`}
            value={outcome.value}
            onChange={event => {
              outcome.value = event.currentTarget.value
            }}
          >
            {OUTCOMES.map(each => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </div>
        <button type="submit" class="secondary" aria-busy={task.busy}>
          Set outcome
        </button>
      </form>
      <Problem task={task} />
    </section>
  )
}

function Addresses() {
  const { tenantId, projectId, version } = health.value ?? {}
  const { origin } = location
  const prefix = location.pathname.replace(/\/(emulator\/?)?$/, '')
  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">Settings of your app</h2>
      <Facts
        facts={[
          ['Base URL', <Id key="base" id={`${origin}${prefix}/v1`} what="the base URL" />],
          ['Tenant ID', tenantId && <Id key="tenant" id={tenantId} what="the tenant ID" />],
          ['nOTP project ID', projectId && <Id key="project" id={projectId} what="the project ID" />],
          ['Version', version],
        ]}
      />
      <p class="hint">The secret key of the backend was printed when the emulator was started.</p>
    </section>
  )
}

/** Each has an inspector of its own. */
function Tenants() {
  if (!tenants.value?.length) return null
  return (
    <section aria-labelledby="tenants">
      <h2 id="tenants">Tenants</h2>
      <p class="hint">Each has users, messages, a clock and an inspector of its own.</p>
      <ul class="plain">
        {tenants.value.map(({ tenantId, expiresAt }) => (
          <li key={tenantId}>
            <a href={`/t/${encodeURIComponent(tenantId)}/emulator/`}>{tenantId}</a>{' '}
            <span class="muted">
              deleted <Remaining until={expiresAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Reset() {
  const task = useTask()
  const dialog = useRef<HTMLDialogElement>(null)
  const reset = async () => {
    await control('reset', {})
    dialog.current?.close()
    refreshSoon()
  }
  return (
    <section aria-labelledby="reset">
      <h2 id="reset">Start over</h2>
      <p class="hint">
        Deletes all users, actions, challenges, sessions, messages, requests and outcomes, and returns to real
        time. A seed is applied again.
      </p>
      <p>
        <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
          Reset…
        </button>
      </p>
      <dialog ref={dialog} aria-labelledby="reset-title">
        <h2 id="reset-title">Delete everything?</h2>
        <p>This cannot be undone. Tests that are running will fail.</p>
        <p class="buttons">
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="danger" aria-busy={task.busy} onClick={() => task.run(reset)}>
            Delete everything
          </button>
        </p>
        <Problem task={task} />
      </dialog>
    </section>
  )
}

/**
 * The log: each SDK call of the page and of its backend, with its input and its response.
 *
 * @module
 */
import { useEffect, useRef } from 'preact/hooks'
import { calls, clearCalls } from './calls.js'
import { inline, pretty } from './literal.js'
import { SideBadge } from './parts/steps.js'
import type { RecordedCall } from './record-calls.js'

export function Log() {
  const list = useRef<HTMLOListElement>(null)
  const count = calls.value.length

  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [count])

  return (
    <section class="log" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">SDK calls</h2>
        <button type="button" class="link" onClick={clearCalls} disabled={count === 0}>
          Clear
        </button>
      </header>
      {count === 0 && (
        <p class="log-empty">
          Nothing called yet. Each call appears here as it happens: which side made it, with what, and the
          response.
        </p>
      )}
      <ol ref={list} tabIndex={count > 0 ? 0 : undefined} aria-label="Calls, oldest first">
        {calls.value.map(call => (
          <li key={call.id}>
            <Entry call={call} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Entry({ call }: { readonly call: RecordedCall }) {
  const { side, method, duration, response, failed } = call
  return (
    <details
      class={`call ${failed ? 'call-failed' : ''}`}
      onToggle={event => showFromTop(event.currentTarget)}
    >
      <summary>
        <SideBadge side={side === 'browser' ? 'Browser' : 'Backend'} />
        <span class="call-text">
          <code class="call-made">
            {method}({call.arguments.map(inline).join(', ')})
          </code>
          <code class="call-response">{responseLine(call)}</code>
        </span>
        {duration !== undefined && <span class="call-duration">{Math.round(duration)} ms</span>}
      </summary>
      <div class="call-details">
        <h3>Arguments</h3>
        <pre>{call.arguments.map(pretty).join(',\n') || 'none'}</pre>
        <h3>Response</h3>
        <pre>{duration === undefined ? 'waiting…' : pretty(response)}</pre>
      </div>
    </details>
  )
}

/** Scrolls an opened call to the top of the list, so that its details are visible. */
function showFromTop(call: HTMLDetailsElement): void {
  const list = call.closest('ol')
  if (call.open) list?.scrollTo({ top: call.offsetTop - list.offsetTop })
}

function responseLine({ duration, response }: RecordedCall): string {
  if (duration === undefined) return 'waiting…'
  return response === undefined ? '' : `→ ${inline(response)}`
}

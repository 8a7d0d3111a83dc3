/**
 * The log: each SDK call of the page and of its backend, with its input and its response, and what the demo prepared.
 *
 * It opens with the first call of a scenario, and is closed while it is empty.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { clearLog, hasCalls, type LogEntry, logEntries } from './calls.js'
import { inline, pretty } from './literal.js'
import { SideBadge } from './parts/steps.js'
import type { RecordedCall } from './record-calls.js'

export function Log() {
  const list = useRef<HTMLOListElement>(null)
  const toggle = useRef<HTMLButtonElement>(null)
  /** Undefined until the user has opened or closed it. */
  const wanted = useSignal<boolean | undefined>(undefined)
  const entries = logEntries.value
  const count = entries.length
  const isOpen = count > 0 && (wanted.value ?? hasCalls.value)

  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [count, isOpen])

  const clear = () => {
    clearLog()
    wanted.value = undefined
    // The pressed button is removed.
    toggle.current?.focus()
  }

  return (
    <section class={`log ${isOpen ? 'log-open' : ''}`} aria-labelledby="log-title">
      <header>
        <h2 id="log-title">
          <button
            ref={toggle}
            type="button"
            class="log-toggle"
            aria-expanded={isOpen}
            aria-controls="log-entries"
            aria-disabled={count === 0}
            onClick={() => {
              if (count > 0) wanted.value = !isOpen
            }}
          >
            Log of SDK calls
          </button>
        </h2>
        <p class="log-count">{count === 0 ? 'empty' : count === 1 ? '1 entry' : `${count} entries`}</p>
        {isOpen && (
          <button type="button" class="link" onClick={clear}>
            Clear
          </button>
        )}
      </header>
      <ol
        id="log-entries"
        ref={list}
        hidden={!isOpen}
        tabIndex={isOpen ? 0 : undefined}
        aria-label="Calls, oldest first"
      >
        {entries.map(entry => (
          <li key={entry.id}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry }: { readonly entry: LogEntry }) {
  return 'text' in entry ? <p class="log-note">{entry.text}</p> : <Call call={entry} />
}

function Call({ call }: { readonly call: RecordedCall }) {
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

/**
 * The frame of the page: menu and scenario on the left, phone on the right, log below.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import { Log } from './log.js'
import { Notification } from './parts/notification.js'
import { ProblemNote } from './parts/problem-note.js'
import { useTask } from './parts/task.js'
import { Phone } from './phone/phone.js'
import { groups, scenarios } from './scenarios/index.js'
import type { Scenario } from './scenarios/scenario.js'
import { config } from './sdk.js'
import { startOver, user } from './user.js'

const [first] = groups[0].scenarios
const current = signal(scenarioInAddress() ?? first)

addEventListener('hashchange', () => {
  // The skip link has a hash too, which is of no scenario and leaves it as it is.
  const other = location.hash === '' ? first : current.value
  current.value = scenarioInAddress() ?? other
})

function scenarioInAddress(): Scenario | undefined {
  return scenarios.find(({ id }) => `#${id}` === location.hash)
}

export function App() {
  return (
    <>
      <a class="skip-link" href="#panel">
        Skip to the scenario
      </a>
      <Header />
      <div class="stage">
        <Menu />
        <Panel key={current.value.id} scenario={current.value} />
        <Phone />
      </div>
      <Log />
      <Notification />
    </>
  )
}

function Header() {
  const task = useTask()
  return (
    <header class="top">
      <h1>
        authsignal-channels <small>demo</small>
      </h1>
      <p class="top-user">
        User <code>{user.value.userId}</code>
      </p>
      <button type="button" class="secondary" aria-busy={task.busy} onClick={() => task.run(startOver)}>
        Start over
      </button>
      <ProblemNote problem={task.problem} />
      <p class="intro">{intro()}</p>
    </header>
  )
}

/** What this page is. */
function intro(): string {
  const { service, providers, tenantId } = config
  if (service === 'emulator') {
    const start = 'Try each way to verify a user, with an emulated service and phone.'
    return providers.length === 0
      ? `${start} Nothing leaves this machine.`
      : `${start} Messages also go out by ${providers.join(', ')}.`
  }
  return `Try each way to verify a user. The service is your tenant ${tenantId}, which sends real messages.`
}

function Menu() {
  return (
    <nav class="menu" aria-label="Scenarios">
      <ScenarioSelect />
      {groups.map(group => (
        <Fragment key={group.id}>
          <h2 class="menu-title" id={group.id}>
            {group.title}
          </h2>
          <ol aria-labelledby={group.id}>
            {group.scenarios.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`} aria-current={id === current.value.id ? 'page' : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ol>
        </Fragment>
      ))}
      <p>
        <a href="/script-tag.html">Script tag page</a>
      </p>
    </nav>
  )
}

/** The menu of narrow screens. Style sheets show one of the two. */
function ScenarioSelect() {
  return (
    <div class="menu-select field">
      <label for="scenario">Scenario</label>
      <select
        id="scenario"
        value={current.value.id}
        onChange={event => {
          location.hash = event.currentTarget.value
        }}
      >
        {groups.map(group => (
          <optgroup key={group.id} label={group.title}>
            {group.scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

function Panel({ scenario: { title, summary, Panel: Body } }: { readonly scenario: Scenario }) {
  useEffect(() => {
    document.title = `${title} · authsignal-channels demo`
  }, [title])
  return (
    <main class="panel" id="panel" tabIndex={-1}>
      <h2>{title}</h2>
      <p class="summary">{summary}</p>
      <Body />
    </main>
  )
}

/**
 * The frame of the page: the head with the search, the menu, and the view.
 *
 * @module
 */
import { useEffect, useRef } from 'preact/hooks'
import { linkTo, place } from './address.js'
import { listenToKeys } from './keyboard.js'
import { Help } from './parts/help.js'
import { duration } from './parts/time.js'
import { aheadMs, now } from './state/clock.js'
import { health, inbox, isReady, requests } from './state/emulator.js'
import { search } from './state/search.js'
import { views } from './views/index.js'

export function App() {
  const help = useRef<HTMLDialogElement>(null)
  const { id, title, Body } = views.find(each => each.id === place.value.view) ?? views[0]

  useEffect(
    () => listenToKeys({ viewIds: views.map(each => each.id), showHelp: () => help.current?.showModal() }),
    [],
  )
  useEffect(() => {
    document.title = `${title} · Authsignal emulator`
  }, [title])

  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Head onHelp={() => help.current?.showModal()} />
      <Lost />
      <div class="frame">
        <Menu current={id} />
        <main id="main" class={`view view-${id}`} tabIndex={-1} aria-labelledby="view-title">
          <h1 id="view-title" class="visually-hidden">
            {title}
          </h1>
          {isReady.value ? <Body /> : <p class="loading">Loading…</p>}
        </main>
      </div>
      <News />
      <Help dialog={help} />
    </>
  )
}

function Head({ onHelp }: { readonly onHelp: () => void }) {
  const ahead = Math.round(aheadMs.value / 1000)
  return (
    <header class="head">
      <p class="brand">
        <span class={`dot dot-${requests.reception.value}`} aria-hidden="true" /> Emulator{' '}
        <code>{health.value?.tenantId}</code>
      </p>
      <input
        type="search"
        aria-label="Search all views"
        placeholder="Search all views  ( / )"
        autocomplete="off"
        spellcheck={false}
        value={search.value}
        onInput={event => {
          search.value = event.currentTarget.value
        }}
      />
      <a class="head-clock" href={linkTo('control')}>
        <span class="visually-hidden">Clock of the emulator:</span>{' '}
        <span class="clock-face">{new Date(now.value).toLocaleTimeString()}</span>
        {ahead > 0 && <span class="badge badge-open">+{duration(ahead, 1)}</span>}
      </a>
      <span class="help">
        <button type="button" class="quiet" onClick={onHelp} aria-label="Keys">
          ?
        </button>
      </span>
    </header>
  )
}

function Lost() {
  return (
    <div role="alert">
      {requests.reception.value === 'lost' && (
        <p class="lost">
          <strong>The emulator does not respond.</strong> It was stopped, or its port has changed. This page
          connects again when it is back.
        </p>
      )}
    </div>
  )
}

function Menu({ current }: { readonly current: string }) {
  const menu = useRef<HTMLElement>(null)

  // On a narrow screen it scrolls sideways.
  useEffect(() => {
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])

  return (
    <nav class="menu" aria-label="Views" ref={menu}>
      <ol>
        {views.map(({ id, title, count }, index) => (
          <li key={id}>
            <a href={linkTo(id)} aria-current={id === current ? 'page' : undefined}>
              <span class="key" aria-hidden="true">
                {index + 1}
              </span>{' '}
              <span class="menu-title">{title}</span>{' '}
              {count && count.value > 0 && (
                <span class={`count ${id === 'approvals' ? 'count-open' : ''}`}>{count.value}</span>
              )}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** For screen readers: the newest message. */
function News() {
  const [message] = inbox.items.value
  return (
    <p class="visually-hidden" role="status">
      {message && `New message to ${message.to}${message.code ? `: code ${message.code}` : ''}`}
    </p>
  )
}

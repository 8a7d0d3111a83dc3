/**
 * The user's phone: its frame and its screens. Their content is in the other files of this folder.
 *
 * A screen comes to the front when something arrives on it, but never takes the focus. The notice for
 * when the phone is out of sight is `../parts/notification.tsx`.
 *
 * @module
 */
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Empty } from '../../../src/emulator/inspector/parts/empty.js'
import { phoneInView, reception } from '../messages.js'
import { latestNews, type Screen, show, shownScreen, unseenScreens } from '../news.js'
import { config } from '../sdk.js'
import { Approvals } from './approvals.js'
import { Codes } from './codes.js'
import { Inbox } from './inbox.js'
import { PhoneTools } from './tools.js'
import { Whatsapp } from './whatsapp.js'

interface ScreenInfo {
  readonly id: Screen
  readonly title: string
  readonly Body: ComponentType
}

const screens: readonly [ScreenInfo, ...ScreenInfo[]] = [
  { id: 'messages', title: 'Messages', Body: Inbox },
  { id: 'approvals', title: 'Approvals', Body: Approvals },
  { id: 'codes', title: 'Codes', Body: Codes },
  { id: 'whatsapp', title: 'WhatsApp', Body: Whatsapp },
]

export function Phone() {
  const frame = useRef<HTMLElement>(null)

  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        phoneInView.value = entry?.isIntersecting ?? true
      },
      { threshold: 0.3 },
    )
    if (frame.current) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])

  const isEmulated = config.service === 'emulator'
  return (
    <aside class="phone" aria-labelledby="phone-title" ref={frame}>
      <div class="phone-body">
        <header class="phone-head">
          <h2 id="phone-title">Phone</h2>
          {isEmulated && <Reception />}
        </header>
        {isEmulated ? <Screens /> : <RealPhones />}
      </div>
      {isEmulated && <PhoneTools />}
    </aside>
  )
}

function Reception() {
  const words = { connecting: 'Connecting…', live: 'Connected', lost: 'No connection; trying again' }
  return (
    <p class={`reception reception-${reception.value}`} role="status">
      {words[reception.value]}
    </p>
  )
}

function Screens() {
  return (
    <>
      <p class="visually-hidden" role="status">
        {latestNews.value?.text}
      </p>
      <Tabs />
      {screens.map(({ id, Body }) => (
        <div
          key={id}
          class="phone-screen"
          id={`screen-${id}`}
          role="tabpanel"
          aria-labelledby={`tab-${id}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may hold nothing else that takes the focus
          tabIndex={0}
          hidden={id !== shownScreen.value}
        >
          <Body />
        </div>
      ))}
    </>
  )
}

function Tabs() {
  const list = useRef<HTMLDivElement>(null)

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const index = screens.findIndex(({ id }) => id === shownScreen.value)
    show(screens.at((index + step) % screens.length)!.id)
    list.current?.querySelector<HTMLElement>(`#tab-${shownScreen.value}`)?.focus()
  }

  return (
    <div class="phone-tabs" role="tablist" aria-label="Screens of the phone" ref={list} onKeyDown={move}>
      {screens.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          id={`tab-${id}`}
          role="tab"
          aria-selected={id === shownScreen.value}
          aria-controls={`screen-${id}`}
          tabIndex={id === shownScreen.value ? 0 : -1}
          onClick={() => show(id)}
        >
          {title} {unseenScreens.value.includes(id) && <span class="unseen">new</span>}
        </button>
      ))}
    </div>
  )
}

function RealPhones() {
  return (
    <div class="phone-screen">
      <Empty title="Look at your own phone">
        The demo talks to tenant {config.tenantId}, which sends real messages and push requests. Use your own
        number, address, authenticator app and phone.
      </Empty>
    </div>
  )
}

/**
 * The user's phone: an inbox that fills as messages are sent.
 *
 * Where the messages come from is `messages.ts`; the notice for when the phone is out of sight is
 * `parts/notification.tsx`.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { skip } from './clock.js'
import { type Message, messages, phoneInView, reception } from './messages.js'
import { CopyButton } from './parts/copy-button.js'
import { ChannelIcon } from './parts/icons.js'
import { ProblemNote } from './parts/problem-note.js'
import { useTask } from './parts/task.js'
import { config } from './sdk.js'

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

  return (
    <aside class="phone" aria-labelledby="phone-title" ref={frame}>
      <div class="phone-body">
        <header class="phone-head">
          <h2 id="phone-title">Phone</h2>
          {config.service === 'emulator' && <Reception />}
        </header>
        <div class="phone-screen">{config.service === 'emulator' ? <Inbox /> : <RealPhones />}</div>
      </div>
      {config.service === 'emulator' && <PhoneTools />}
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

function Inbox() {
  return (
    <>
      {messages.value.length === 0 && (
        <Empty title="No messages yet">Codes arrive here as soon as a scenario sends one.</Empty>
      )}
      <ul class="messages" aria-label="Messages" aria-live="polite" aria-relevant="additions">
        {messages.value.map(message => (
          <MessageBubble key={message.id} message={message} />
        ))}
      </ul>
    </>
  )
}

function RealPhones() {
  return (
    <Empty title="Look at your own phone">
      The demo talks to tenant {config.tenantId}, which sends real messages. Use your own number and address.
    </Empty>
  )
}

function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{children}</p>
    </div>
  )
}

const names: Record<Message['channel'], string> = { SMS: 'SMS', WHATSAPP: 'WhatsApp', EMAIL: 'E-mail' }

function MessageBubble({ message }: { readonly message: Message }) {
  return (
    <li class="message">
      <p class="message-head">
        <ChannelIcon channel={message.channel} />
        <strong>{names[message.channel]}</strong>
        <time dateTime={message.createdAt}>{new Date(message.createdAt).toLocaleTimeString()}</time>
      </p>
      <p class="message-to">To {message.to}</p>
      <p class="message-body">{message.body}</p>
      {message.code && (
        <p class="message-code">
          <code>{message.code}</code>
          <CopyButton text={message.code} />
        </p>
      )}
    </li>
  )
}

const TEN_MINUTES = 600

/** The code can also be watched from another window, and be made to expire. */
function PhoneTools() {
  const task = useTask()
  const skipped = useSignal(0)
  const skipAhead = async () => {
    await skip(TEN_MINUTES)
    skipped.value += 10
  }
  return (
    <div class="phone-tools">
      {location.pathname !== '/phone' && <OwnWindow />}
      <button type="button" class="link" onClick={() => task.run(skipAhead)}>
        Skip 10 minutes
      </button>
      <p role="status">
        {skipped.value > 0 && `Skipped ${skipped.value} minutes: earlier codes and tokens have expired.`}
      </p>
      <ProblemNote problem={task.problem} />
    </div>
  )
}

export function OwnWindow() {
  const open = (event: MouseEvent) => {
    // A link, so that it works as a tab wherever the browser would not open a window.
    if (window.open('/phone', 'demo-phone', 'width=400,height=720')) event.preventDefault()
  }
  return (
    <a href="/phone" target="demo-phone" onClick={open}>
      Phone in its own window
    </a>
  )
}

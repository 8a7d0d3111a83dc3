/**
 * The phone's WhatsApp: the chat with the service, and the message that a link or QR code has prepared.
 *
 * @module
 */
import { useEffect, useId, useRef } from 'preact/hooks'
import { Empty } from '../../../src/emulator/inspector/parts/empty.js'
import { bringUp } from '../news.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'
import { type ChatMessage, chat, draft, linksOpened, ownNumber, sendDraft } from '../whatsapp.js'

export function Whatsapp() {
  const id = useId()
  const number = useRef<HTMLInputElement>(null)
  const log = useRef<HTMLDivElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const task = useTask()
  const { to, text } = draft.value
  const isReady = to !== ''

  // It may have been opened in another window of the demo.
  useEffect(() => {
    if (isReady) bringUp('whatsapp')
  }, [isReady])

  // After opening a link, the user continues with its message.
  useEffect(() => {
    if (linksOpened.value > 0) sendButton.current?.focus()
  }, [linksOpened.value])

  useEffect(() => {
    log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [chat.value])

  const send = async () => {
    if (!number.current?.reportValidity()) return
    // The button was removed together with the message.
    if (await sendDraft()) log.current?.focus({ preventScroll: true })
  }

  return (
    <div class="whatsapp">
      <div class="field">
        <label for={`${id}-number`}>Number of this phone</label>
        <input
          ref={number}
          id={`${id}-number`}
          type="tel"
          autocomplete="off"
          required
          pattern="\+[\d\s\(\)\-.]{7,24}"
          title="With the country code, like +1 555 010 0001"
          value={ownNumber.value}
          onInput={event => {
            ownNumber.value = event.currentTarget.value
          }}
        />
      </div>
      {chat.value.length === 0 && !isReady && (
        <Empty title="Nothing to send yet">
          A link to WhatsApp, or a QR code that holds one, opens here with the message ready to be sent.
        </Empty>
      )}
      <div
        class="chat"
        role="log"
        aria-label="Chat"
        tabIndex={chat.value.length > 0 ? 0 : undefined}
        ref={log}
      >
        {chat.value.map(message => (
          <Bubble key={message.id} message={message} />
        ))}
      </div>
      {isReady && (
        <form
          class="composer"
          onSubmit={event => {
            event.preventDefault()
            task.run(send)
          }}
        >
          <div class="field">
            <label for={`${id}-text`}>Message to {to}</label>
            <textarea
              id={`${id}-text`}
              rows={3}
              required
              value={text}
              onInput={event => {
                draft.value = { to, text: event.currentTarget.value }
              }}
            />
          </div>
          <button ref={sendButton} type="submit" class="primary" aria-busy={task.busy}>
            Send
          </button>
        </form>
      )}
      <ProblemNote problem={task.problem} />
    </div>
  )
}

function Bubble({ message: { isOwn, text, sentAt } }: { readonly message: ChatMessage }) {
  return (
    <div class={`bubble ${isOwn ? 'bubble-own' : ''}`}>
      <span class="visually-hidden">{isOwn ? 'You:' : 'Reply:'}</span>
      <p>{text}</p>
      <time dateTime={sentAt}>{new Date(sentAt).toLocaleTimeString()}</time>
    </div>
  )
}

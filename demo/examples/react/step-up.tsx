import { type FormEvent, useRef, useState } from 'react'
import { type Channel, checkCode, type Outcome, openHostedPage, resendCode, sendCode } from '../step-up'

type Step = 'choose' | 'code' | 'paid'

/** Moves the focus to an element when it appears. */
const focus = (element: HTMLElement | null) => element?.focus()

export function StepUp() {
  const [step, setStep] = useState<Step>('choose')
  const [channel, setChannel] = useState<Channel>('whatsapp')
  const [message, setMessage] = useState('')
  const isBusy = useRef(false)

  async function run(work: () => Promise<Outcome>, next: Step, done = '') {
    if (isBusy.current) return
    isBusy.current = true
    const { isPaid, problem } = await work()
    isBusy.current = false
    setMessage(problem ?? (isPaid ? 'Paid.' : done))
    if (!problem) setStep(isPaid ? 'paid' : next)
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (step === 'code') return run(() => checkCode(channel, String(form.get('code'))), 'code')
    const method = form.get('method')
    if (method === 'page') return run(openHostedPage, 'choose')
    const chosen = method === 'sms' ? 'sms' : 'whatsapp'
    setChannel(chosen)
    return run(() => sendCode(chosen), 'code', 'We have sent you a code.')
  }

  return (
    <main className="card">
      <h1>Send 250 EUR to Ann</h1>
      {step === 'choose' && (
        <form onSubmit={submit}>
          <fieldset>
            <legend>How do you want to confirm?</legend>
            <label>
              <input type="radio" name="method" value="whatsapp" defaultChecked /> A code by WhatsApp
            </label>
            <label>
              <input type="radio" name="method" value="sms" /> A code by SMS
            </label>
            <label>
              <input type="radio" name="method" value="page" /> On the hosted page
            </label>
          </fieldset>
          <button type="submit">Continue</button>
        </form>
      )}
      {step === 'code' && (
        <form onSubmit={submit}>
          <label>
            Code
            <input
              name="code"
              ref={focus}
              inputMode="numeric"
              autoComplete="one-time-code"
              aria-describedby="message"
            />
          </label>
          <button type="submit">Confirm</button>
          <button
            type="button"
            onClick={() => run(() => resendCode(channel), 'code', 'We have sent you a new code.')}
          >
            Send again
          </button>
          <button type="button" onClick={() => run(async () => ({}), 'choose')}>
            Back
          </button>
        </form>
      )}
      {step === 'paid' && (
        <button type="button" ref={focus} onClick={() => run(async () => ({}), 'choose')}>
          Send another payment
        </button>
      )}
      <p role="status" id="message">
        {message}
      </p>
    </main>
  )
}

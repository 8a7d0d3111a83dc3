import { type Channel, checkCode, type Outcome, openHostedPage, resendCode, sendCode } from '../step-up'

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!
const choose = find<HTMLFormElement>('#choose')
const code = find<HTMLFormElement>('#code')
const again = find('#again')
const message = find('#message')

let channel: Channel = 'whatsapp'
let isBusy = false

/** Shows one of the three steps and moves the focus into it. */
function show(step: HTMLElement) {
  for (const each of [choose, code, again]) each.hidden = each !== step
  code.reset()
  const target = step.querySelector<HTMLElement>('input:checked, input:not([type=radio])') ?? step
  target.focus()
}

async function run(work: () => Promise<Outcome>, next: HTMLElement, done = '') {
  if (isBusy) return
  isBusy = true
  const { isPaid, problem } = await work()
  isBusy = false
  message.textContent = problem ?? (isPaid ? 'Paid.' : done)
  if (!problem) show(isPaid ? again : next)
}

choose.addEventListener('submit', event => {
  event.preventDefault()
  const method = new FormData(choose).get('method')
  if (method === 'page') return run(openHostedPage, choose)
  channel = method === 'sms' ? 'sms' : 'whatsapp'
  return run(() => sendCode(channel), code, 'We have sent you a code.')
})
code.addEventListener('submit', event => {
  event.preventDefault()
  return run(() => checkCode(channel, String(new FormData(code).get('code'))), code)
})
find('#resend').addEventListener('click', () =>
  run(() => resendCode(channel), code, 'We have sent you a new code.'),
)
for (const button of [find('#back'), again]) {
  button.addEventListener('click', () => run(async () => ({}), choose))
}

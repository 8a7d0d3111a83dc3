import { ref } from 'vue'
import { type Channel, checkCode, type Outcome, openHostedPage, resendCode, sendCode } from '../step-up'

export function useStepUp() {
  const step = ref<'choose' | 'code' | 'paid'>('choose')
  const method = ref<Channel | 'page'>('whatsapp')
  const code = ref('')
  const message = ref('')
  let isBusy = false

  async function run(work: (channel: Channel) => Promise<Outcome>, next: 'choose' | 'code', done = '') {
    if (isBusy) return
    isBusy = true
    const { isPaid, problem } = await work(method.value === 'sms' ? 'sms' : 'whatsapp')
    isBusy = false
    message.value = problem ?? (isPaid ? 'Paid.' : done)
    if (!problem) step.value = isPaid ? 'paid' : next
  }

  return {
    step,
    method,
    code,
    message,
    start() {
      code.value = ''
      if (method.value === 'page') return run(openHostedPage, 'choose')
      return run(sendCode, 'code', 'We have sent you a code.')
    },
    confirm: () => run(channel => checkCode(channel, code.value), 'code'),
    resend: () => run(resendCode, 'code', 'We have sent you a new code.'),
    back: () => run(async () => ({}), 'choose'),
  }
}

/** The backend of every example. It starts a step-up and validates its result. */
import { Authsignal } from '@authsignal/node'
import { Hono } from 'hono'

const authsignal = new Authsignal({ apiSecretKey: 'demo-secret', apiUrl: 'http://localhost:4010/v1' })
const action = 'send-payment'

/** The signed-in user. Read yours from the session, never from the request. */
const user = { userId: 'jane', phoneNumber: '+64210000001' }

/** The page uses `token` with its own form, or `url` with the hosted page. */
export async function startStepUp(redirectUrl?: string) {
  const { userId, phoneNumber } = user
  const attributes = { phoneNumber, ...(redirectUrl && { redirectUrl }) }
  const { token, url } = await authsignal.track({ userId, action, attributes })
  return { token, url }
}

/** Whether this user has confirmed this action. Make the payment only if so. */
export async function finishStepUp(token: string) {
  const { userId } = user
  const { state } = await authsignal.validateChallenge({ userId, action, token })
  return { isPaid: state === 'CHALLENGE_SUCCEEDED' }
}

export const backend = new Hono()
  .post('/api/step-up/start', async c => c.json(await startStepUp()))
  .post('/api/step-up/finish', async c => {
    const { token } = await c.req.json()
    return c.json(await finishStepUp(String(token)))
  })

/** A client in a worker, which does what it is told and answers with what came of it. */
import { Authsignal } from '/authsignal.min.mjs'

let client

addEventListener('message', async ({ data: { make, token, method, input } }) => {
  if (!make) return postMessage(await client.sms[method](input))
  client = new Authsignal(make)
  client.setToken(token)
  postMessage({ anonymousId: client.anonymousId })
})

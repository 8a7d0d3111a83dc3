/** A client in a worker, which performs each message and responds with the result. */
import { Authsignal } from '/authsignal.min.mjs'

let client

addEventListener('message', async ({ data: { make, token, method, input } }) => {
  if (!make) return postMessage(await client.sms[method](input))
  client = new Authsignal(make)
  client.setToken(token)
  postMessage({ anonymousId: client.anonymousId })
})

/** The app of `main.js` with an emulator in its page, which steps a user up without a server. */
import { Authsignal } from 'authsignal-channels'
import { createEmulator } from 'authsignal-channels/emulator'
import './main.js'

const phoneNumber = '+64210000001'

window.stepUp = async () => {
  const { fetch, messages, config } = createEmulator()
  const tracked = await fetch('/v1/users/jane/actions/pay', {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${config.apiSecretKey}:`)}` },
    body: JSON.stringify({ phoneNumber }),
  })
  const authsignal = new Authsignal({ ...config, fetch })
  authsignal.setToken((await tracked.json()).token)
  await authsignal.whatsapp.challenge()
  return authsignal.whatsapp.verify({ code: await messages.nextCode({ to: phoneNumber }) })
}

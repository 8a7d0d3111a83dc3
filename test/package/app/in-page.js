/** An app that has the emulator in its page, and so needs no server for a step-up. */
import { Authsignal } from 'authsignal-channels'
import { createEmulator } from 'authsignal-channels/emulator'

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

/** What must compile. Never run. */
import {
  Authsignal,
  type AuthsignalResponse,
  AuthsignalWindowMessage,
  type ChallengeResponse,
  type Channel,
  type Client,
  createClient,
  ErrorCode,
  email,
  handleRedirect,
  launch,
  type NotpChannel,
  notp,
  type Result,
  type SmsChannel,
  sms,
  type UserMessageTexts,
  userMessage,
  type VerifyResponse,
  whatsapp,
} from 'authsignal-channels'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => {}

// The drop-in has every channel, and needs nothing but the tenant.
const authsignal = new Authsignal({ tenantId: 'acme' })
new Authsignal({
  tenantId: 'acme',
  region: 'eu',
  timeout: 5000,
  trackingHost: 'ignored',
  enableLogging: true,
})
new Authsignal({ tenantId: 'acme', baseUrl: undefined, onTokenExpired: undefined })
new Authsignal({ tenantId: 'acme', fetch: globalThis.fetch })
new Authsignal({ tenantId: 'acme', onTokenExpired: () => {} })
new Authsignal({ tenantId: 'acme', onTokenExpired: async () => 'token' })

// Every response has a sentence for the user, and so has one that an app builds.
async function sentences(built: AuthsignalResponse<VerifyResponse>) {
  const verified = await authsignal.sms.verify({ code: '123456' })
  const texts: UserMessageTexts = { popup_closed: 'Closed.', a_new_code: 'New.', anyOther: undefined }
  const shown: string[] = [
    userMessage(verified),
    userMessage(await authsignal.launch('https://pay.acme.com')),
    userMessage(await authsignal.passkey.signIn({ action: 'pay' }), { texts }),
    userMessage(await authsignal.push.challenge({ action: 'pay' }), {
      lang: 'fr',
      texts: { anyOther: 'Non.' },
    }),
    userMessage(await authsignal.notp.signIn(''), { lang: undefined, texts: undefined }),
    userMessage(built),
    userMessage({ failureReason: 'MAX_ATTEMPTS_EXCEEDED' }),
  ]
  return shown
}

// A field of a response reads without a check, and with one.
async function responses() {
  const response = await authsignal.whatsapp.verify({ code: '123456' })
  same<typeof response, Result<VerifyResponse>>(true)
  same<typeof response.token, string | undefined>(true)
  same<typeof response.isVerified, boolean | undefined>(true)
  if (response.errorCode === undefined) same<typeof response.data.isVerified, boolean>(true)
  if (response.data) same<typeof response.data.isVerified, boolean>(true)
  else same<typeof response.retryAfter, number | undefined>(true)
  if (response.errorCode) same<typeof response.errorDescription, string>(true)
  if (response.errorCode === ErrorCode.expired_token) response.errorDescription.length
  if (response.errorCode === 'a_code_of_tomorrow') response.status?.toFixed()
  const { token, failureReason } = await authsignal.sms.verify({ code: '1', signal: AbortSignal.timeout(1) })
  const { challengeId } = await authsignal.email.challenge({ signal: undefined })
  return { token, failureReason, challengeId }
}

// Launching waits for a token, but a redirect leaves the page.
async function launches() {
  const { token } = await authsignal.launch('https://ui.example/challenge?token=x')
  same<typeof token, string | undefined>(true)
  await authsignal.launch('https://ui.example', {
    mode: 'popup',
    popupOptions: { width: '400px', isClosable: false },
  })
  await authsignal.launch('https://ui.example', {
    mode: 'window',
    windowOptions: { width: 400, height: 600 },
  })
  await authsignal.launch('https://ui.example', {
    onError: ({ errorCode, statusCode }) => [errorCode, statusCode],
  })
  same<undefined, ReturnType<typeof redirect>>(true)
  function redirect() {
    return authsignal.launch('https://ui.example', { mode: 'redirect' })
  }
  same<string | undefined, ReturnType<typeof authsignal.handleRedirect>>(true)
}

// A client has the channels it was handed, under the names it was handed them.
const client = createClient({
  tenantId: 'acme',
  channels: { sms, text: sms, whatsapp, email, launch, handleRedirect },
})
same<typeof client.sms, SmsChannel>(true)
same<typeof client.text, SmsChannel>(true)
client.launch('https://ui.example').then(response => response.token)
client.setToken(client.anonymousId)
createClient({ tenantId: 'acme' }).setToken('token')
createClient({ tenantId: 'acme', channels: {} }).setToken('token')

// A channel is a function of its context: named, inline, or made from settings.
interface Voice {
  challenge(): Promise<Result<ChallengeResponse>>
}
const voice: Channel<Voice> = ({ request }) => ({ challenge: () => request('/client/challenge/voice') })
const fax = (settings: { number: string }) => (): { readonly number: string } => settings
const custom = createClient({
  tenantId: 'acme',
  channels: {
    voice,
    fax: fax({ number: '1' }),
    inline: ({ request, tenantId }) => ({
      tenantId,
      find: (name: string) => request<{ place: string }>('/client/find', { body: { name }, as: 'tenant' }),
    }),
  },
})
same<typeof custom.voice, Voice>(true)
custom.fax.number.length
custom.inline.find('why').then(response => response.place?.length)

// A function can require the channels it needs.
const needsSms = (client: Client<{ sms: SmsChannel }>) => client.sms.challenge()
needsSms(client)
needsSms(authsignal)

const message: AuthsignalWindowMessage = AuthsignalWindowMessage.AUTHSIGNAL_READY
const code: ErrorCode = 'anything'

// A channel with settings of its own is one like any other, and goes by any name.
async function anotherVendor() {
  const client = createClient({
    tenantId: 'acme',
    channels: { notp: notp({ projectId: 'P1' }), second: notp() },
  })
  same<typeof client.notp, NotpChannel>(true)
  new Authsignal({ tenantId: 'acme', notp: { projectId: 'P1', baseUrl: undefined } })
  const { pendingRef, image } = await client.notp.signUp('', { name: 'Jane' }, { customClaims: { plan: 1 } })
  await client.second.signIn('', { stepup: true }, 'refresh')
  const session = await client.notp.waitForSession(pendingRef ?? '', { timeoutMs: 120_000 })
  same<typeof session.sessionJwt, string | undefined>(true)
  if (session.data) same<typeof session.data.user.userId, string>(true)
  return image
}

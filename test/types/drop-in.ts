/**
 * What code written for `@authsignal/browser` does with its types. Compiled twice, never run: against this
 * package and against `@authsignal/browser` itself. Plain `strict`, as such apps are.
 */
import {
  type Authenticator,
  Authsignal,
  type AuthsignalOptions,
  type AuthsignalResponse,
  AuthsignalWindowMessage,
  type AuthsignalWindowMessageData,
  type ChallengeResponse,
  type ChallengeState,
  type EnrollResponse,
  type EnrollTotpResponse,
  ErrorCode,
  type LaunchOptions,
  type PopupLaunchOptions,
  type PushChallengeResponse,
  type PushVerifyResponse,
  type QrCodeChallengeResponse,
  type QrCodeVerifyResponse,
  type RedirectLaunchOptions,
  type TokenPayload,
  type VerificationMethod,
  type VerifyResponse,
  WebAuthnError,
  type WebSocketQrCodeOptions,
  type WebSocketQrCodeResponse,
  Whatsapp,
  type WindowLaunchOptions,
} from 'authsignal-channels'

// Making a client.
const options: AuthsignalOptions = { tenantId: 'acme' }
options.baseUrl = 'https://eu.api.authsignal.com/v1'
options.onTokenExpired = () => {}
options.enableLogging = true
options.cookieDomain = 'example.com'
options.cookieName = '__as_aid'
options.trackingHost = 'ignored'
const authsignal = new Authsignal(options)
declare const environment: { TENANT?: string; URL?: string }
new Authsignal({ tenantId: environment.TENANT!, baseUrl: environment.URL })
new Authsignal({ ...options, tenantId: 'other' })
const optional: Partial<AuthsignalOptions> = {}
optional.tenantId = 'acme'
let held: Authsignal | null = null
export function client(): Authsignal {
  if (held === null) held = new Authsignal({ tenantId: 'acme' })
  return held
}
export const byTenant = new Map<string, Authsignal>().set('acme', authsignal)
export const lazily = async () => new (await import('authsignal-channels')).Authsignal({ tenantId: 'acme' })

// A handler of an expired token returns anything.
declare const router: { push(path: string): Promise<boolean> }
declare const toast: (text: string) => string
const handlers: AuthsignalOptions[] = [
  { tenantId: 'acme', onTokenExpired: () => router.push('/sign-in') },
  { tenantId: 'acme', onTokenExpired: () => toast('Sign in again') },
  { tenantId: 'acme', onTokenExpired: () => setTimeout(() => {}, 1) },
  { tenantId: 'acme', onTokenExpired: async () => {} },
  { tenantId: 'acme', onTokenExpired: () => null },
  { tenantId: 'acme', onTokenExpired: () => ({ redirected: true }) },
]
handlers[0]?.onTokenExpired?.()

// Fields of the client.
authsignal.anonymousId = 'id'
authsignal.profilingId = 'id'
authsignal.cookieDomain = 'example.com'
authsignal.anonymousIdCookieName = 'id'
authsignal.enableLogging = false
authsignal.sms = client().sms
authsignal.passkey = client().passkey
const { setToken, sms } = authsignal
setToken('token')
sms.challenge()
const deviceId: string = authsignal.anonymousId
export const inCookie = { deviceId }

// Subclasses.
export class Logged extends Authsignal {
  constructor(tenantId: string) {
    super({ tenantId })
  }
  setToken(token: string) {
    console.log('token set')
    super.setToken(token)
  }
  initAdvancedProfiling(baseUrl?: string) {
    super.initAdvancedProfiling(baseUrl)
  }
}
export class WithState extends Authsignal {
  lastToken?: string
  override setToken(token: string): void {
    this.lastToken = token
    super.setToken(token)
  }
  async confirm(code: string): Promise<string | undefined> {
    const { data } = await this.sms.verify({ code })
    return data?.token
  }
}

// Reading why a call failed, after each check.
export async function failures(code: string) {
  const r = await authsignal.sms.verify({ code })
  if (r.errorCode) return r.errorDescription ?? r.error
  if (r.error) return r.errorDescription ?? r.error
  if (!r.data) return r.errorDescription ?? r.error
  if (r.errorDescription) return r.error ?? r.errorDescription
  return r.data.isVerified ? r.data.token : r.data.failureReason
}
export async function thrown(code: string) {
  const r = await authsignal.whatsapp.verify({ code })
  if (r.error) throw new Error(r.error)
  if (r.errorCode) throw new Error(r.errorDescription)
  if (!r.data) throw new Error(r.errorDescription ?? r.error ?? r.errorCode ?? 'failed')
  return r.data.token!
}
export async function destructured(code: string) {
  const { data, error, errorCode, errorDescription } = await authsignal.email.verify({ code })
  if (error || !data) return errorDescription ?? error ?? errorCode
  if (errorCode !== undefined) return errorDescription ?? error
  const { isVerified, token, failureReason, userAuthenticator } = data
  return isVerified && token ? token : (failureReason ?? userAuthenticator?.userAuthenticatorId)
}
export async function compared(code: string) {
  const r = await authsignal.totp.verify({ code })
  if (r.errorCode === ErrorCode.expired_token) return 'expired'
  if (r.errorCode == ErrorCode.token_not_set) return r.errorDescription ?? r.error
  if (r.errorCode && [ErrorCode.network_error, ErrorCode.too_many_requests].includes(r.errorCode as never))
    return 'later'
  if (r.errorCode && Object.values(ErrorCode).includes(r.errorCode)) return 'known'
  switch (r.errorCode) {
    case ErrorCode.invalid_credential:
      return 'credential'
    case ErrorCode.network_error:
      return 'network'
    case undefined:
      return r.data?.token
    default:
      return r.errorDescription ?? r.error
  }
}
export async function inOperator(code: string) {
  const r = await authsignal.email.verify({ code })
  if ('error' in r && r.error) return r.error
  return r.data?.token
}
export const chained = (code: string) =>
  authsignal.sms.verify({ code }).then(r => (r.data ? r.data.token : Promise.reject(new Error(r.error))))
export const negated = async (code: string) => !(await authsignal.sms.verify({ code })).error
export const nullish = async (code: string) => (await authsignal.sms.verify({ code })).data?.token ?? null

// Building a response by hand.
const failed: AuthsignalResponse<VerifyResponse> = { error: 'failed' }
const succeeded: AuthsignalResponse<VerifyResponse> = { data: { isVerified: true, token: 'token' } }
const coded: AuthsignalResponse<VerifyResponse> = {
  errorCode: ErrorCode.network_error,
  errorDescription: 'offline',
}
const codeAlone: AuthsignalResponse<VerifyResponse> = { errorCode: ErrorCode.expired_token }
const codeAndError: AuthsignalResponse<VerifyResponse> = { error: 'x', errorCode: ErrorCode.token_not_set }
const all: AuthsignalResponse<ChallengeResponse> = {
  error: 'x',
  errorCode: ErrorCode.too_many_requests,
  errorDescription: 'x',
  data: undefined,
}
const empty: AuthsignalResponse<VerifyResponse> = {}
export const built = [failed, succeeded, coded, codeAlone, codeAndError, all, empty]
export const ok = <T>(data: T): AuthsignalResponse<T> => ({ data })
export const no = <T>(error: string): AuthsignalResponse<T> => ({ error })
export async function wrapped(code: string): Promise<AuthsignalResponse<VerifyResponse>> {
  try {
    return await authsignal.sms.verify({ code })
  } catch (error) {
    return { error: (error as Error).message }
  }
}
export async function rebuilt(code: string): Promise<AuthsignalResponse<VerifyResponse>> {
  const { data, error, errorCode, errorDescription } = await authsignal.sms.verify({ code })
  return { data, error, errorCode, errorDescription }
}
export async function spread(code: string): Promise<AuthsignalResponse<VerifyResponse>> {
  return { ...(await authsignal.sms.verify({ code })) }
}
export async function mapped(code: string): Promise<AuthsignalResponse<{ ok: boolean }>> {
  const r = await authsignal.sms.verify({ code })
  if (r.errorCode) return { error: r.errorDescription ?? r.error, errorCode: r.errorCode }
  return { data: r.data ? { ok: r.data.isVerified } : undefined }
}
export function unwrap<T>(response: AuthsignalResponse<T>): T {
  if (response.errorCode || !response.data) throw new Error(response.errorDescription ?? response.error)
  return response.data
}
export async function call<T>(request: () => Promise<AuthsignalResponse<T>>): Promise<T> {
  return unwrap(await request())
}
export async function generic(code: string) {
  const { challengeId } = await call(() => authsignal.sms.challenge())
  const { isVerified } = unwrap(await authsignal.sms.verify({ code }))
  const enrolled: EnrollResponse = await call(() => authsignal.email.enroll({ email: 'jane@example.com' }))
  return [challengeId.length, isVerified, enrolled.userId]
}
let last: AuthsignalResponse<VerifyResponse> = {}
export async function kept(code: string) {
  last = await authsignal.email.verify({ code })
  last = { error: 'replaced' }
  last.error = undefined
  last.errorCode = ErrorCode.network_error
  last.errorDescription = 'written'
  last.data = { isVerified: false }
  last.data.token = 'token'
  const r = await authsignal.email.verify({ code })
  r.error = 'translated'
  r.errorDescription = 'translated'
  if (r.data) r.data.token = undefined
  return last
}

// Mocks and services.
authsignal.sms.challenge = async () => ({ data: { challengeId: 'id' } })
authsignal.sms.verify = async ({ code }) => ({ data: { isVerified: code === '123456', token: 'token' } })
authsignal.sms.verify = async () => ({ errorCode: ErrorCode.network_error, errorDescription: 'offline' })
export const fake: Pick<Authsignal['sms'], 'challenge'> = {
  challenge: () => Promise.resolve({ data: { challengeId: 'id' } }),
}
type Verified = Awaited<ReturnType<Authsignal['sms']['verify']>>
export const verified: Verified = { data: { isVerified: true } }
export const input: Parameters<Authsignal['sms']['verify']>[0] = { code: '123456' }
interface Service {
  send(): Promise<AuthsignalResponse<ChallengeResponse>>
  check(code: string): Promise<AuthsignalResponse<VerifyResponse>>
}
export class SmsService implements Service {
  constructor(private readonly client: Authsignal) {}
  send() {
    return this.client.sms.challenge()
  }
  check(code: string) {
    return this.client.sms.verify({ code })
  }
}
export class MockService implements Service {
  send = async () => ({ data: { challengeId: 'id' } })
  check = async (code: string) => (code ? { data: { isVerified: true } } : { error: 'empty' })
}
export const channels = { sms: authsignal.sms, email: authsignal.email, totp: authsignal.totp }
export const byName = (name: keyof typeof channels, code: string) => channels[name].verify({ code })
export const bound = authsignal.totp.verify.bind(authsignal.totp)

// Launching.
export async function launches(url: string) {
  const { token } = await authsignal.launch(url, { mode: 'popup' })
  const payload: TokenPayload = await authsignal.launch(url, { mode: 'window' })
  const nothing: undefined = authsignal.launch(url, { mode: 'redirect' })
  const fallback = (await authsignal.launch(url, { mode: 'popup' })) ?? {}
  authsignal.launch(url, {
    mode: 'popup',
    popupOptions: { width: '400px', height: '600px', isClosable: false },
  })
  authsignal.launch(url, { mode: 'window', windowOptions: { width: 400, height: 600 } })
  authsignal.launch(url, {
    mode: 'popup',
    onError: ({ errorCode, statusCode }) => console.log(errorCode, statusCode),
  })
  authsignal.launch(url, { mode: 'popup' }).then(result => result?.token ?? null)
  const response = await authsignal.launch(url, { mode: 'popup' })
  if (!response.token) return undefined
  return [token, payload.token, nothing, fallback.token, response.token.length]
}
const noToken: TokenPayload = {}
noToken.token = undefined
noToken.token = 'token'
export const tokenOf = ({ token }: TokenPayload) => token
export const launched = async (): Promise<TokenPayload> => ({})
const popup: PopupLaunchOptions = { mode: 'popup' }
popup.popupOptions = { width: '400px' }
popup.popupOptions.isClosable = true
popup.onError = () => {}
const inWindow: WindowLaunchOptions = { mode: 'window' }
inWindow.windowOptions = { width: 1 }
const redirect: RedirectLaunchOptions = { mode: 'redirect' }
export const launchOptions: LaunchOptions[] = [popup, inWindow, redirect]
export const modeOf = (some: LaunchOptions) => some.mode

// Enums as types and as values.
export const expired: ErrorCode.expired_token = ErrorCode.expired_token
export const retryable: Array<ErrorCode.network_error | ErrorCode.too_many_requests> = [
  ErrorCode.network_error,
]
export const texts: Partial<Record<ErrorCode, string>> = { [ErrorCode.expired_token]: 'Expired' }
export const textOf = (code: ErrorCode) => texts[code] ?? code
export const isKnown = (code: ErrorCode) => Object.values(ErrorCode).includes(code)
export const names = Object.keys(ErrorCode) as (keyof typeof ErrorCode)[]
export const codeOf = (code: ErrorCode): string => code
export const close: AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP =
  AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP
export const event: AuthsignalWindowMessage = AuthsignalWindowMessage.AUTHSIGNAL_READY
const messageData: AuthsignalWindowMessageData = { event: AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR }
messageData.token = 'token'
messageData.errorCode = 'code'
messageData.statusCode = 400
messageData.event = AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP
export const isClose = (data: string) =>
  (JSON.parse(data) as AuthsignalWindowMessageData).event === AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP
export type Text = VerificationMethod.SMS
export type Offered = VerificationMethod.SMS | VerificationMethod.EMAIL_OTP | VerificationMethod.PASSKEY
export const isText = (method: VerificationMethod) => `${method}` === 'SMS'
export const labels: { [method in VerificationMethod]?: string } = {}

// Shapes that are written to.
export function shapes(authenticator: Authenticator, state: ChallengeState) {
  authenticator.displayName = 'Phone'
  authenticator.isDefault = true
  if (authenticator.webauthnCredential) authenticator.webauthnCredential.name = 'Key'
  const totp: EnrollTotpResponse = { userAuthenticatorId: 'id', userId: 'id', uri: 'otpauth://', secret: 's' }
  totp.secret = ''
  const verify: VerifyResponse = { isVerified: true }
  verify.token = 'token'
  verify.userAuthenticator = authenticator
  const pushed: PushChallengeResponse = { challengeId: 'id' }
  pushed.challengeId = ''
  const push: PushVerifyResponse = { isVerified: true, isConsumed: true }
  push.isConsumed = false
  const qr: QrCodeChallengeResponse = { challengeId: 'id', expiresAt: '' }
  qr.deviceCode = 'code'
  const scanned: QrCodeVerifyResponse = { isClaimed: true, isVerified: true, isConsumed: true }
  scanned.token = 'token'
  const socket: WebSocketQrCodeOptions = { action: 'a' }
  socket.token = 'token'
  const shown: WebSocketQrCodeResponse = { challengeId: '', expiresAt: '', state }
  shown.state = 'claimed'
  return [totp, verify, pushed, push, qr, scanned, socket, shown]
}

// Every channel.
export async function everyChannel(code: string) {
  await authsignal.sms.enroll({ phoneNumber: '+64210000001' })
  await authsignal.emailML.enroll({ email: 'jane@example.com' })
  await authsignal.emailML.challenge()
  const link = await authsignal.emailML.checkVerificationStatus()
  if (link.data?.isVerified) console.log(link.data.token)
  const enrolled = await authsignal.totp.enroll()
  if (enrolled.data) console.log(enrolled.data.uri, enrolled.data.secret)
  const { data: pushed } = await authsignal.push.challenge({ action: 'pay' })
  if (pushed) await authsignal.push.verify({ challengeId: pushed.challengeId })
  const signUp = await authsignal.passkey.signUp({
    token: 't',
    username: 'jane',
    displayName: 'Jane',
    hints: ['client-device'],
  })
  console.log(
    signUp.data?.token,
    signUp.data?.userAuthenticator?.userAuthenticatorId,
    signUp.data?.registrationResponse?.id,
  )
  const signIn = await authsignal.passkey.signIn({
    action: 'in',
    autofill: true,
    onVerificationStarted: () => 1,
  })
  if (signIn.data && signIn.data.token && signIn.data.username) console.log(signIn.data.displayName)
  await authsignal.passkey.signIn()
  await authsignal.passkey.isAvailableOnDevice({ userId: 'id' })
  await authsignal.securityKey.enroll({ hints: ['security-key'] })
  const key = await authsignal.securityKey.verify()
  console.log(key.data?.authenticationResponse?.response.signature)
  const qr = await authsignal.qrCode.challenge({
    action: 'in',
    custom: { a: 1 },
    polling: true,
    pollInterval: 5000,
    refreshInterval: 1000,
    onRefresh: (challengeId, expiresAt) => console.log(challengeId.length, expiresAt.length),
    onStateChange: (state, accessToken) => state === 'approved' && console.log(accessToken),
  })
  await authsignal.qrCode.refresh({ custom: { b: 2 } })
  authsignal.qrCode.disconnect()
  const alone = new Whatsapp({
    tenantId: 'acme',
    baseUrl: 'https://api.authsignal.com/v1',
    enableLogging: false,
  })
  await alone.challenge()
  await alone.verify({ code })
  authsignal.initAdvancedProfiling()
  return qr.data?.challengeId
}
export async function ceremonies() {
  try {
    await authsignal.passkey.signUp({})
  } catch (error) {
    if (error instanceof WebAuthnError) return [error.code, error.name, error.message]
    throw error
  }
  return undefined
}

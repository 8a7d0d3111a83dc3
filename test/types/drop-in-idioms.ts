// biome-ignore-all lint/suspicious: as others write it
/**
 * Small things that code written for `@authsignal/browser` does with its types: each export is one. Compiled
 * twice and never run, as `drop-in.ts`.
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
  type QrCodeChallengeResponse,
  type TokenPayload,
  type VerificationMethod,
  type VerifyResponse,
  WebAuthnError,
  Whatsapp,
  type WindowLaunchOptions,
} from 'authsignal-channels'

declare const authsignal: Authsignal
declare function useState<S>(initial: S | (() => S)): [S, (value: S | ((previous: S) => S)) => void]
declare function useState<S = undefined>(): [
  S | undefined,
  (value: S | undefined | ((previous: S | undefined) => S | undefined)) => void,
]
declare function useRef<T>(initial: T | null): { current: T | null }
declare function useCallback<T extends (...args: never[]) => unknown>(callback: T, dependencies: unknown[]): T
declare function createContext<T>(value: T): { value: T }
declare function useMutation<Data, Variables = void>(options: {
  mutationFn: (variables: Variables) => Promise<Data>
}): { mutate(variables: Variables): void; data: Data | undefined }
declare const url: string
const code = '123456'

// Error codes.
export const includesCode = (c: ErrorCode) =>
  [ErrorCode.network_error, ErrorCode.too_many_requests].includes(c)
export const retry = async () => {
  const r = await authsignal.sms.challenge()
  return !!r.errorCode && [ErrorCode.network_error, ErrorCode.too_many_requests].includes(r.errorCode)
}
export const allTexts: Record<ErrorCode, string> = {
  [ErrorCode.token_not_set]: 'a',
  [ErrorCode.expired_token]: 'b',
  [ErrorCode.network_error]: 'c',
  [ErrorCode.too_many_requests]: 'd',
  [ErrorCode.invalid_credential]: 'e',
}
export const readText = (c: ErrorCode): string => allTexts[c]
export function letCode(c: boolean) {
  let x = ErrorCode.network_error
  if (c) x = ErrorCode.expired_token
  const y: ErrorCode = x
  return y
}
export const set = new Set([ErrorCode.network_error, ErrorCode.expired_token])
export const setHas = async () => {
  const r = await authsignal.sms.challenge()
  return r.errorCode !== undefined && set.has(r.errorCode)
}
export const map = new Map<ErrorCode, string>([
  [ErrorCode.network_error, 'x'],
  [ErrorCode.expired_token, 'y'],
])
export const mapInferred = new Map([
  [ErrorCode.network_error, 'x'],
  [ErrorCode.expired_token, 'y'],
])
export const mapGet = (c: ErrorCode) => mapInferred.get(c)
export const asCode = 'expired_token' as ErrorCode
export const fromString = (s: string) => s as ErrorCode
export const values: ErrorCode[] = Object.values(ErrorCode)
export const find = (s: string) => Object.values(ErrorCode).find(c => c === s)
export const someCode = (c: ErrorCode) => Object.values(ErrorCode).some(v => v === c)
export const lookup = (k: keyof typeof ErrorCode): ErrorCode => ErrorCode[k]
export const stateCode = () => {
  const [c, setC] = useState(ErrorCode.network_error)
  setC(ErrorCode.expired_token)
  return c
}
export const stateCode2 = () => {
  const [c, setC] = useState<ErrorCode | undefined>(undefined)
  setC(ErrorCode.expired_token)
  setC(undefined)
  return c
}
export const stateCode3 = async () => {
  const [, setC] = useState<ErrorCode>()
  const r = await authsignal.sms.challenge()
  setC(r.errorCode)
}
export class HasCode {
  code = ErrorCode.network_error
  set(c: ErrorCode) {
    this.code = c
  }
}
export const template = (c: ErrorCode) => `error.${c}` as const
export type Codes = `${ErrorCode}`
export const isIn = (s: string): s is ErrorCode => s in ErrorCode
export const built = { errorCode: ErrorCode.network_error, errorDescription: 'x' }
export const builtAs: AuthsignalResponse<VerifyResponse> = built
export const fn = (c: ErrorCode = ErrorCode.network_error) => c
export function sw(c: ErrorCode): string {
  switch (c) {
    case ErrorCode.network_error:
      return 'a'
    case ErrorCode.expired_token:
      return 'b'
    default:
      return 'c'
  }
}
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message?: string,
  ) {
    super(message)
  }
}
export const thrown = async () => {
  const r = await authsignal.sms.challenge()
  if (r.errorCode) throw new AppError(r.errorCode, r.errorDescription)
}
export const typeofErr: typeof ErrorCode = ErrorCode
export const first: ErrorCode | undefined = Object.values(ErrorCode)[0]
export const dict: { [key in ErrorCode]?: string } = { expired_token: 'x' }
export const cond = (b: boolean) => (b ? ErrorCode.network_error : ErrorCode.expired_token)
export const eqs = (a: ErrorCode, b: ErrorCode) => a === b
export const pair: [ErrorCode, string][] = [[ErrorCode.network_error, 'x']]
export const list = [ErrorCode.network_error]
list.push(ErrorCode.expired_token)
// Messages of the hosted page.
export const msgs = (d: AuthsignalWindowMessageData) =>
  [AuthsignalWindowMessage.AUTHSIGNAL_READY, AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR].includes(d.event)
export const msg = { event: AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP, token: 't' }
export const msgTyped: AuthsignalWindowMessageData = msg
export const msgOf = (m: AuthsignalWindowMessage): number => {
  switch (m) {
    case AuthsignalWindowMessage.AUTHSIGNAL_READY:
      return 1
    case AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR:
      return 2
    case AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP:
      return 3
  }
}
export const msgTexts: Record<AuthsignalWindowMessage, string> = {
  [AuthsignalWindowMessage.AUTHSIGNAL_READY]: '',
  [AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR]: '',
  [AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP]: '',
}
export const msgIn = (s: string) => (Object.values(AuthsignalWindowMessage) as string[]).includes(s)
export function letMsg(b: boolean) {
  let m = AuthsignalWindowMessage.AUTHSIGNAL_READY
  if (b) m = AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR
  const d: AuthsignalWindowMessageData = { event: m }
  return d
}
// Verification methods and authenticators.
export const asMethod = 'SMS' as VerificationMethod
export const auth: Authenticator = {
  userAuthenticatorId: 'x',
  verificationMethod: 'SMS' as VerificationMethod,
  createdAt: '',
}
export const cred: Authenticator['webauthnCredential'] = {
  credentialId: '',
  deviceId: '',
  name: '',
  credentialBackedUp: true,
  verifiedAt: '',
}
export const agent = (a: Authenticator) => a.webauthnCredential?.parsedUserAgent?.browser.name
export const labels: Partial<Record<VerificationMethod, string>> = { SMS: 'Text', EMAIL_OTP: 'Email' }
export const labelOf = (a: Authenticator) => labels[a.verificationMethod] ?? a.verificationMethod
export const platform = (a: Authenticator): string | undefined => a.devicePlatform
// Launching.
export const launchState = async () => {
  const [p, setP] = useState<TokenPayload | undefined>(undefined)
  setP(await authsignal.launch(url, { mode: 'popup' }))
  return p
}
export const launchThen = () => authsignal.launch(url, { mode: 'popup' }).then(({ token }) => token)
export const launchFn: (u: string) => Promise<TokenPayload> = u => authsignal.launch(u, { mode: 'window' })
export const launchTyped = (o: PopupLaunchOptions) => authsignal.launch(url, o)
export const launchTyped2 = (o: WindowLaunchOptions): Promise<TokenPayload> => authsignal.launch(url, o)
export const launchConst = () => {
  const o = { mode: 'popup' as const }
  return authsignal.launch(url, o)
}
export type Launched = Awaited<ReturnType<Authsignal['launch']>>
export const launchedTok = (l: Launched) => l.token
export const withMode = (mode: 'popup' | 'window') =>
  mode === 'popup' ? authsignal.launch(url, { mode }) : authsignal.launch(url, { mode })
export const onErr: PopupLaunchOptions['onError'] = ({ errorCode, statusCode }) =>
  console.log(errorCode, statusCode)
export const launchErr = () =>
  authsignal.launch(url, {
    mode: 'popup',
    onError: async p => {
      console.log(p.errorCode?.length, p.statusCode?.toFixed())
    },
  })
export const launchArgs: Parameters<Authsignal['launch']> = [url, { mode: 'window' }]
export const modes: LaunchOptions['mode'][] = ['popup', 'redirect', 'window']
export const launchAwaitTok = async (): Promise<string | undefined> =>
  (await authsignal.launch(url, { mode: 'popup' })).token
export const launchIf = async () => {
  const result = await authsignal.launch(url, { mode: 'popup' })
  if (result && result.token) return result.token
  throw new Error('none')
}
export const launchAny = (authsignal.launch as (u: string, o?: unknown) => unknown)(url)
export class OwnLaunch extends Authsignal {
  launch(u: string, options?: any): any {
    return super.launch(u, options)
  }
}
export const protoLaunch = Authsignal.prototype.launch
// Generic wrappers.
export async function safe<T>(p: Promise<AuthsignalResponse<T>>): Promise<AuthsignalResponse<T>> {
  try {
    return await p
  } catch (e) {
    return { error: String(e) }
  }
}
export const safely = async () => (await safe(authsignal.sms.verify({ code }))).data?.token
export async function orThrow<T>(p: Promise<AuthsignalResponse<T>>): Promise<T> {
  const { data, error } = await p
  if (!data) throw new Error(error)
  return data
}
export const thrownData = async () => (await orThrow(authsignal.totp.enroll())).secret
export async function retrying<T>(
  f: () => Promise<AuthsignalResponse<T>>,
  n = 3,
): Promise<AuthsignalResponse<T>> {
  let r = await f()
  while (r.error && n--) r = await f()
  return r
}
export const retried = () => retrying(() => authsignal.email.challenge())
export function isOk<T>(r: AuthsignalResponse<T>): r is AuthsignalResponse<T> & { data: T } {
  return !!r.data
}
export const guarded = async () => {
  const r = await authsignal.sms.verify({ code })
  if (isOk(r)) return r.data.token
  return r.error ?? r.errorDescription
}
export function assertOk<T>(r: AuthsignalResponse<T>): asserts r is AuthsignalResponse<T> & { data: T } {
  if (!r.data) throw new Error(r.error)
}
export const asserted = async () => {
  const r = await authsignal.sms.verify({ code })
  assertOk(r)
  return r.data.isVerified
}
export const either = <T, U>(r: AuthsignalResponse<T>, f: (d: T) => U): U | undefined =>
  r.data ? f(r.data) : undefined
export const eithered = async () => either(await authsignal.sms.challenge(), d => d.challengeId)
export const mapR = <T, U>(
  { data, ...rest }: AuthsignalResponse<T>,
  f: (d: T) => U,
): AuthsignalResponse<U> => ({ ...rest, data: data && f(data) })
export const mapped = async () => mapR(await authsignal.sms.verify({ code }), d => d.isVerified)
export const withLog =
  <A extends unknown[], R>(f: (...a: A) => Promise<AuthsignalResponse<R>>) =>
  async (...a: A) => {
    const r = await f(...a)
    if (r.error) console.error(r.error)
    return r
  }
export const logged = withLog((c: string) => authsignal.sms.verify({ code: c }))
export const loggedMethod = withLog(authsignal.sms.verify.bind(authsignal.sms))
export type DataOf<T> = T extends Promise<AuthsignalResponse<infer D>> ? D : never
export const dataOf: DataOf<ReturnType<Authsignal['sms']['verify']>> = { isVerified: true }
export type DataOf2<T> = T extends (...a: never[]) => Promise<{ data?: infer D }> ? NonNullable<D> : never
export const dataOf2: DataOf2<Authsignal['sms']['challenge']> = { challengeId: '' }
export interface WithExtra extends AuthsignalResponse<VerifyResponse> {
  attempts?: number
}
export const extra = async (): Promise<WithExtra> => ({
  ...(await authsignal.sms.verify({ code })),
  attempts: 1,
})
export class Box<T> {
  response: AuthsignalResponse<T> = {}
  async run(p: Promise<AuthsignalResponse<T>>) {
    this.response = await p
    return this.response.data
  }
}
export const boxed = new Box<VerifyResponse>().run(authsignal.sms.verify({ code }))
// Reading results.
export async function all() {
  const [a, b] = await Promise.all([authsignal.sms.challenge(), authsignal.email.challenge()])
  return [a.data?.challengeId, b.error]
}
export async function list2(): Promise<AuthsignalResponse<ChallengeResponse>[]> {
  return Promise.all([authsignal.sms.challenge(), authsignal.whatsapp.challenge()])
}
export async function settled() {
  const rs = await Promise.allSettled([authsignal.sms.challenge()])
  return rs.map(r => (r.status === 'fulfilled' ? r.value.data : undefined))
}
export async function race() {
  return (await Promise.race([authsignal.sms.challenge(), new Promise<never>((_, no) => no())])).data
}
export async function timeoutRace() {
  const r = await Promise.race([authsignal.sms.challenge(), new Promise<undefined>(f => setTimeout(f, 1))])
  return r?.data?.challengeId
}
export const checkers: Record<string, (c: string) => Promise<AuthsignalResponse<VerifyResponse>>> = {
  sms: c => authsignal.sms.verify({ code: c }),
  totp: c => authsignal.totp.verify({ code: c }),
}
export const verifyFn: (p: { code: string }) => Promise<AuthsignalResponse<VerifyResponse>> =
  authsignal.sms.verify
export async function letResponse(b: boolean) {
  let r: AuthsignalResponse<VerifyResponse> | undefined
  try {
    r = await authsignal.sms.verify({ code })
  } catch (e) {
    r = { error: (e as Error).message }
  }
  return b ? r : undefined
}
export async function letSwitch(m: 'sms' | 'email' | 'totp') {
  let r
  switch (m) {
    case 'sms':
      r = await authsignal.sms.verify({ code })
      break
    case 'email':
      r = await authsignal.email.verify({ code })
      break
    default:
      r = await authsignal.totp.verify({ code })
  }
  return r.data?.token ?? r.error
}
export async function ternary(b: boolean) {
  const r = b ? await authsignal.sms.verify({ code }) : await authsignal.email.verify({ code })
  return r.error ? null : r.data?.isVerified
}
export async function different(b: boolean) {
  const r = b ? await authsignal.sms.challenge() : await authsignal.totp.enroll()
  if (r.error) return r.error
  return r.data
}
export async function reassigned() {
  let r = await authsignal.sms.verify({ code })
  if (r.error) r = await authsignal.email.verify({ code })
  return r.data
}
export async function rest() {
  const { data, ...failure } = await authsignal.sms.verify({ code })
  return data ?? failure.error
}
export async function nested() {
  const { data: { token } = {} as VerifyResponse } = await authsignal.sms.verify({ code })
  return token
}
export async function nested2() {
  const { data: { isVerified } = { isVerified: false } } = await authsignal.sms.verify({ code })
  return isVerified
}
export async function nested3() {
  const { token } = (await authsignal.sms.verify({ code })).data ?? {}
  return token
}
export async function renamed() {
  const { data: verification, error: why } = await authsignal.sms.verify({ code })
  return verification?.token ?? why
}
export async function bang() {
  return (await authsignal.sms.verify({ code })).data!.token!
}
export async function asType() {
  const r = (await authsignal.sms.verify({ code })) as { data: VerifyResponse }
  return r.data.token
}
export async function asResponse() {
  return (await authsignal.sms.verify({ code })) as AuthsignalResponse<VerifyResponse>
}
export async function sat() {
  return (await authsignal.sms.verify({ code })) satisfies AuthsignalResponse<VerifyResponse>
}
export async function or() {
  const r = await authsignal.sms.verify({ code })
  return r.errorDescription || r.error || r.errorCode || 'failed'
}
export async function elseBranch() {
  const r = await authsignal.sms.verify({ code })
  if (r.data) return r.data.token
  else return r.errorDescription?.toUpperCase() ?? r.error?.toUpperCase()
}
export async function notVerified() {
  const r = await authsignal.sms.verify({ code })
  if (!r.data?.isVerified) return r.error ?? r.data?.failureReason
  return r.data.token
}
export async function noToken() {
  const r = await authsignal.sms.verify({ code })
  if (!r.data?.token) throw new Error(r.errorDescription ?? r.error)
  return r.data.token
}
export async function both() {
  const r = await authsignal.sms.verify({ code })
  if (r.error || r.errorCode) return r.error ?? r.errorCode
  return r.data?.token
}
export async function andData() {
  const r = await authsignal.sms.verify({ code })
  if (!r.error && r.data) return r.data.token
  return r.error
}
export async function inData() {
  const r = await authsignal.sms.verify({ code })
  if ('data' in r) return r.data?.token
  return r.error
}
export async function inCode() {
  const r = await authsignal.sms.verify({ code })
  if ('errorCode' in r && r.errorCode) return r.errorDescription ?? r.error
  return r.data?.token
}
export async function typeofError() {
  const r = await authsignal.sms.verify({ code })
  if (typeof r.error === 'string') return r.error.length
  return r.data?.token?.length
}
export async function undef() {
  const r = await authsignal.sms.verify({ code })
  if (r.error !== undefined) return r.error
  if (r.errorCode === undefined) return r.data?.token
  return r.errorDescription
}
export async function nullCheck() {
  const r = await authsignal.sms.verify({ code })
  if (r.error != null) return r.error.length
  return r.data?.token
}
export async function afterError() {
  const r = await authsignal.sms.verify({ code })
  if (r.error) {
    console.log(r.errorCode, r.errorDescription, r.data)
  }
  if (r.data) {
    console.log(r.error)
  }
  return r
}
export async function codeEq() {
  const r = await authsignal.sms.verify({ code })
  if (r.errorCode === ErrorCode.network_error || r.errorCode === ErrorCode.too_many_requests) return r.error
  return r.data?.token
}
export async function codeNe() {
  const r = await authsignal.sms.verify({ code })
  if (r.errorCode !== ErrorCode.expired_token) return r.data?.token ?? r.error
  return r.errorDescription
}
export async function codeStr() {
  const r = await authsignal.sms.verify({ code })
  const c: string = r.errorCode ?? ''
  return c.startsWith('x')
}
export async function entries() {
  const r = await authsignal.sms.verify({ code })
  return [Object.keys(r), JSON.stringify(r), Object.entries(r).length]
}
export async function assign() {
  const r = await authsignal.sms.verify({ code })
  return Object.assign({}, r, { error: 'x' }).error
}
export async function del() {
  const r = await authsignal.sms.verify({ code })
  delete r.error
  return r
}
export async function isErr(): Promise<boolean> {
  const { error } = await authsignal.sms.verify({ code })
  return !!error
}
export async function tup(): Promise<[VerifyResponse | undefined, string | undefined]> {
  const { data, error } = await authsignal.sms.verify({ code })
  return [data, error]
}
export async function thenCatch() {
  return authsignal.sms
    .verify({ code })
    .then(
      r => r.data,
      () => undefined,
    )
    .finally(() => {})
}
export async function thenTwo() {
  return authsignal.sms
    .challenge()
    .then(({ error }) => {
      if (error) throw error
      return authsignal.sms.verify({ code })
    })
    .then(({ data }) => data?.token)
}
export const asVoid: () => Promise<void> = async () => {
  await authsignal.sms.challenge()
}
export const asVoid2: () => void = () => authsignal.sms.challenge()
export const asUnknown: () => Promise<unknown> = () => authsignal.sms.challenge()
// State setters and hooks.
export async function st1() {
  const [r, setR] = useState<VerifyResponse | undefined>(undefined)
  setR((await authsignal.sms.verify({ code })).data)
  return r?.token
}
export async function st2() {
  const [r, setR] = useState<AuthsignalResponse<VerifyResponse>>({})
  setR(await authsignal.sms.verify({ code }))
  setR(p => ({ ...p, error: undefined }))
  return r.error
}
export async function st3() {
  const [e, setE] = useState<string | null>(null)
  const r = await authsignal.sms.verify({ code })
  if (r.error) setE(r.error)
  setE(r.errorDescription ?? null)
  return e
}
export async function st4() {
  const [e, setE] = useState<string>()
  const r = await authsignal.sms.verify({ code })
  setE(r.error)
  return e
}
export async function st5() {
  const [e, setE] = useState<EnrollTotpResponse | null>(null)
  const { data } = await authsignal.totp.enroll()
  setE(data ?? null)
  return e?.uri
}
export async function st6() {
  const [s, setS] = useState<ChallengeState>('unclaimed')
  await authsignal.qrCode.challenge({ action: 'x', onStateChange: setS })
  return s
}
export async function st7() {
  const [, setQ] = useState<QrCodeChallengeResponse | null>(null)
  const { data } = await authsignal.qrCode.challenge({
    action: 'x',
    onStateChange: () => {},
    onRefresh: (challengeId, expiresAt) => setQ({ challengeId, expiresAt }),
  })
  if (data) setQ(data)
}
export const ref = useRef<Authsignal>(null)
export const refd = () => {
  ref.current ??= new Authsignal({ tenantId: 'x' })
  return ref.current.sms
}
export const ctx = createContext<Authsignal | undefined>(undefined)
export const cb = useCallback(async (c: string) => authsignal.sms.verify({ code: c }), [])
export const mut = useMutation({ mutationFn: (c: string) => authsignal.sms.verify({ code: c }) })
export const mutData = mut.data?.data?.token
export const mut2 = useMutation({ mutationFn: () => authsignal.sms.challenge() })
mut2.mutate()
export const click2: (e: MouseEvent) => void = () => authsignal.sms.challenge()
export const click3: (e: MouseEvent) => unknown = authsignal.passkey.signIn.bind(authsignal.passkey, {
  action: 'x',
})
// Classes.
export class Service {
  private readonly authsignal: Authsignal
  protected channel: Authsignal['sms']
  constructor(o: AuthsignalOptions) {
    this.authsignal = new Authsignal(o)
    this.channel = this.authsignal.sms
  }
  get id() {
    return this.authsignal.anonymousId
  }
}
export class Fields extends Authsignal {
  readonly createdAt = Date.now()
  attempts: number[] = []
  constructor(
    o: AuthsignalOptions,
    readonly name: string,
  ) {
    super(o)
  }
  get isReady() {
    return this.attempts.length > 0
  }
}
export class OwnInit extends Authsignal {
  override initAdvancedProfiling(): void {}
}
export class ArrowUse extends Authsignal {
  onToken = (t: string) => this.setToken(t)
}
export class Generic<C extends Authsignal = Authsignal> {
  constructor(readonly client: C) {}
  verify() {
    return this.client.sms.verify({ code })
  }
}
export const instance: InstanceType<typeof Authsignal> = authsignal
export const ctorArg: ConstructorParameters<typeof Authsignal>[0] = { tenantId: 'x' }
export const make = (Ctor: typeof Authsignal) => new Ctor({ tenantId: 'x' })
export const factory: (o: AuthsignalOptions) => Authsignal = o => new Authsignal(o)
export const partial: Partial<Authsignal> = { setToken: () => {} }
export const picked: Pick<Authsignal, 'setToken' | 'anonymousId'> = authsignal
export const omitted: Omit<Authsignal, 'launch'> = authsignal
export const mockClient = { setToken() {}, anonymousId: 'x' } as unknown as Authsignal
export const mockPartial = { setToken: (_: string) => {} } as Partial<Authsignal> as Authsignal
export const key: keyof Authsignal = 'securityKey'
export type Names = { [K in keyof Authsignal]: Authsignal[K] }
export const ro: Readonly<Authsignal> = authsignal
export interface Props {
  client: Authsignal
  onDone: (r: VerifyResponse) => void
  onFail?: (e: ErrorCode | undefined) => void
}
export const useProps = async ({ client, onDone, onFail }: Props) => {
  const { data, errorCode } = await client.sms.verify({ code })
  data ? onDone(data) : onFail?.(errorCode)
}
declare global {
  interface Window {
    authsignalClient?: Authsignal
  }
}
export const onWindow = () => {
  window.authsignalClient = authsignal
  return window.authsignalClient.sms
}
export const isClient = (x: unknown): x is Authsignal => x instanceof Authsignal
export const protoSet = Authsignal.prototype.setToken
export const setTok: (t: string) => void = authsignal.setToken.bind(authsignal)
export const whats: Whatsapp = authsignal.whatsapp
export const whats2 = () => {
  authsignal.whatsapp = new Whatsapp({ tenantId: 'x', baseUrl: 'https://x', enableLogging: true })
}
// Types of channels and of their methods.
export const useSms = (s: Authsignal['sms'], p: Authsignal['passkey']) => [s.challenge(), p.signIn()]
export const otp = (b: boolean) => {
  const c = b ? authsignal.sms : authsignal.email
  return c.verify({ code })
}
export const otp2 = (b: boolean): Authsignal['sms'] | Authsignal['email'] =>
  b ? authsignal.sms : authsignal.email
export const indexed = (n: 'sms' | 'email' | 'whatsapp') => authsignal[n].challenge()
export const loop = async () => {
  for (const c of [authsignal.sms, authsignal.email, authsignal.whatsapp]) {
    const { error } = await c.challenge()
    if (!error) return c.verify({ code })
  }
  return undefined
}
export const fnType: Authsignal['sms']['verify'] = async ({ code }) => authsignal.sms.verify({ code })
export const fnMock: Authsignal['sms']['verify'] = async () => ({ data: { isVerified: true } })
export const fnMock2: Authsignal['sms']['verify'] = () =>
  Promise.resolve({ errorCode: ErrorCode.network_error, errorDescription: 'x' })
export const fnMock3: Authsignal['sms']['verify'] = async ({ code }) =>
  code === '1'
    ? { data: { isVerified: true, token: 't' } }
    : { data: { isVerified: false, failureReason: 'x' } }
export const fnMock4: Authsignal['sms']['verify'] = async ({ code }) =>
  code ? { data: { isVerified: true } } : { errorCode: ErrorCode.network_error, errorDescription: 'x' }
export const fnMock5: Authsignal['sms']['verify'] = async () => ({
  data: { isVerified: true },
  error: undefined,
  errorCode: undefined,
  errorDescription: undefined,
})
export const fnMock6: Authsignal['sms']['verify'] = async () => ({
  data: undefined,
  error: 'x',
  errorCode: ErrorCode.network_error,
  errorDescription: 'x',
})
export const fnParam = (p: Parameters<Authsignal['sms']['enroll']>[0]) => p.phoneNumber
export const fnParam2 = (p: Parameters<Authsignal['passkey']['signUp']>[0]) => p.username
export type SignUpParams = Parameters<Authsignal['passkey']['signUp']>[0]
export const signUpToken: SignUpParams['token'] = 'x'
export const fnParam3 = (p: Parameters<Authsignal['qrCode']['challenge']>[0]) => p.action
export const fnParam4 = (p: NonNullable<Parameters<Authsignal['passkey']['signIn']>[0]>) => p.action
export const ret = (r: Awaited<ReturnType<Authsignal['sms']['verify']>>) => r.data?.token ?? r.error
export type SignUpData = NonNullable<Awaited<ReturnType<Authsignal['passkey']['signUp']>>['data']>
export const signUpData: SignUpData = { token: 'x' }
export type VerifyData = NonNullable<AuthsignalResponse<VerifyResponse>['data']>
export const applied = authsignal.sms.enroll.apply(authsignal.sms, [{ phoneNumber: 'x' }])
export const destr = () => {
  const { sms, email, setToken } = authsignal
  setToken('x')
  return [sms.challenge(), email.challenge()]
}
// Options.
export const opts = () => {
  const o = {} as AuthsignalOptions
  o.tenantId = 'x'
  o.baseUrl = undefined
  o.onTokenExpired = undefined
  return new Authsignal(o)
}
export const optsReq = (o: Required<AuthsignalOptions>) => [o.baseUrl.length, o.cookieName.length]
export interface MyOptions extends AuthsignalOptions {
  theme: string
}
export const mine = ({ theme, ...o }: MyOptions) => [theme, new Authsignal(o)]
export const noTenant: Omit<AuthsignalOptions, 'tenantId'> = { baseUrl: 'https://x' }
export const withTenant = new Authsignal({ tenantId: 'x', ...noTenant })
export const optCond = (b: boolean) => new Authsignal({ tenantId: 'x', ...(b && { baseUrl: 'https://x' }) })
export const handler: AuthsignalOptions['onTokenExpired'] = () => {}
export const handlerUse = (o: AuthsignalOptions) => {
  const h: (() => void) | undefined = o.onTokenExpired
  h?.()
}
export const optList: AuthsignalOptions[] = []
optList.push({ tenantId: 'x' })
export const keyOpt: keyof AuthsignalOptions = 'trackingHost'
export const optSat = { tenantId: 'x', enableLogging: false } satisfies AuthsignalOptions
// Shapes.
export let payload: TokenPayload = {}
payload = { token: 'x' }
payload.token = undefined
export const verifyR: VerifyResponse = { isVerified: false, failureReason: 'x', token: undefined }
export const enrolls: EnrollResponse[] = []
enrolls.push({ userAuthenticatorId: '', userId: '' })
export const reqV: Required<Pick<VerifyResponse, 'token'>> = { token: '' }
export type Merged = VerifyResponse & { at: number }
export interface MyVerify extends VerifyResponse {
  at: number
}
export const omitV: Omit<VerifyResponse, 'token'> = { isVerified: true }
// Every other channel.
export const pk1 = async () => {
  const { data, error } = await authsignal.passkey.signUp({ token: 't' })
  return data?.registrationResponse?.response.clientDataJSON ?? error
}
export const pk2 = async () => {
  const { data } = await authsignal.passkey.signIn({ action: 'x' })
  if (data?.isVerified)
    return [
      data.token,
      data.userId,
      data.username,
      data.displayName,
      data.userAuthenticatorId,
      data.authenticationResponse?.id,
    ]
  return []
}
export const pk3 = async () => {
  try {
    await authsignal.passkey.signIn({ autofill: true })
  } catch (e) {
    if (e instanceof WebAuthnError && e.code === 'ERROR_CEREMONY_ABORTED') return e.message
    throw e
  }
  return ''
}
export const pk4 = (e: unknown) => {
  if (e instanceof WebAuthnError)
    switch (e.code) {
      case 'ERROR_INVALID_DOMAIN':
        return 1
      case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
        return 2
      default:
        return e.cause
    }
  return 0
}
export const pk5 = (e: WebAuthnError): string => e.code
export const pk6 = new WebAuthnError({ message: 'x', code: 'ERROR_CEREMONY_ABORTED', cause: new Error('x') })
export const pk7 = async () => {
  await authsignal.passkey.signUp({
    authenticatorAttachment: 'cross-platform',
    hints: ['security-key'],
    useAutoRegister: true,
    useCookies: true,
  })
  await authsignal.passkey.signUp({ authenticatorAttachment: null })
}
export const mockSignUp = () => {
  authsignal.passkey.signUp = async ({ token }) => ({ data: { token: token ?? 't' } })
  authsignal.passkey.signIn = async params => ({ data: { isVerified: !!params?.action } })
  authsignal.push.verify = async ({ challengeId }) => ({
    data: { isVerified: !!challengeId, isConsumed: true },
  })
  authsignal.emailML.checkVerificationStatus = async () => ({ data: { isVerified: true, token: 't' } })
}
export const sk = async () => {
  const r = await authsignal.securityKey.verify()
  return r.data?.isVerified ? r.data.token : r.error
}
export const sk2 = async () => {
  const { data } = await authsignal.securityKey.enroll()
  return data?.registrationResponse?.id
}
export const ml = async () => {
  const { data } = await authsignal.emailML.checkVerificationStatus()
  return data?.isVerified
}
export const pu = async () => {
  const { data } = await authsignal.push.challenge({ action: 'x' })
  if (!data) return
  const t = setInterval(async () => {
    const { data: d } = await authsignal.push.verify({ challengeId: data.challengeId })
    if (d?.isConsumed) clearInterval(t)
  }, 1000)
}

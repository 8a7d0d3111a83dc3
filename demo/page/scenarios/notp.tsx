/**
 * nOTP: the user signs in by sending one WhatsApp message, and has a session of Descope's.
 *
 * Waiting for the message is `../parts/whatsapp-login.tsx`, the phone that sends it `../phone/whatsapp.tsx`, and
 * what comes of it `../parts/notp-session.tsx`.
 *
 * @module
 */
import { type Signal, useSignal } from '@preact/signals'
import { Fragment } from 'preact'
import { TextField } from '../../../src/emulator/inspector/parts/field.js'
import type { AddressField } from '../parts/address-form.js'
import { Choice } from '../parts/choice.js'
import { Code } from '../parts/code.js'
import { Flow, type FlowPlan } from '../parts/flow.js'
import { Note } from '../parts/note.js'
import {
  NeedsSession,
  notpSession,
  showSession,
  type ValidatedSession,
  validateSession,
} from '../parts/notp-session.js'
import { type StartedLogin, WhatsappLogin } from '../parts/whatsapp-login.js'
import { unwrap } from '../problem.js'
import { authsignal, config } from '../sdk.js'
import { withoutSpaces } from '../whatsapp.js'
import type { Scenario } from './scenario.js'

export const notp: Scenario = {
  id: 'notp',
  title: 'nOTP',
  summary:
    'The user signs in by sending one WhatsApp message, without typing a code. The message also verifies the number. The session is issued by Descope.',
  Panel,
}

type UseId = 'sign-up' | 'sign-in' | 'sign-up-or-in' | 'change-number' | 'step-up'

const labels: Readonly<Record<UseId, string>> = {
  'sign-up': 'Sign up',
  'sign-in': 'Sign in',
  'sign-up-or-in': 'Sign up or in',
  'change-number': 'Change number',
  'step-up': 'Step-up',
}

function Panel() {
  const use = useSignal<UseId>('sign-up')
  const wasSentHere = useSignal(false)
  const name = useSignal('Jane Doe')
  if (!config.notp) return <NeedsProject />
  return (
    <>
      <Choice<UseId>
        label="What to do"
        options={Object.entries(labels).map(([value, label]) => ({ value: value as UseId, label }))}
        value={use.value}
        onChange={chosen => {
          wasSentHere.value = false
          use.value = chosen
        }}
      />
      <Fragment key={use.value}>
        {use.value === 'change-number' || use.value === 'step-up' ? (
          <NeedsSession
            onSignIn={() => {
              wasSentHere.value = true
              use.value = 'sign-up-or-in'
            }}
          >
            <Flow plan={use.value === 'step-up' ? stepUpPlan : changePlan} />
          </NeedsSession>
        ) : (
          <Flow plan={loginPlan(use.value, name)} takesFocus={wasSentHere.value} />
        )}
      </Fragment>
      <Code backend={backendCode[use.value]} browser={browserCode[use.value]} />
    </>
  )
}

function NeedsProject() {
  return (
    <Note>
      <p>
        nOTP needs a project at Descope. Start the demo with <code>DESCOPE_PROJECT_ID</code>, and with{' '}
        <code>DESCOPE_BASE_URL</code> if the project has a domain of its own.
      </p>
    </Note>
  )
}

type Plan = FlowPlan<StartedLogin, ValidatedSession>

const fields = {
  loginId: {
    addressLabel: 'Login ID (optional)',
    addressInput: { type: 'tel', autocomplete: 'tel' },
    address: '',
    whenEmpty: 'A phone number. If empty, the number that sends the message is used.',
  },
  phone: {
    addressLabel: 'New phone number (optional)',
    addressInput: { type: 'tel', autocomplete: 'tel' },
    address: '+1 555 010 0002',
    whenEmpty: 'If empty, the number that sends the message is used.',
  },
} satisfies Readonly<Record<string, AddressField>>

const rest = {
  proof: {
    title: 'Send the message',
    calls: [{ side: 'Browser', method: 'authsignal.notp.waitForSession' }],
    show: ({ started, finish, startAgain }) => (
      <WhatsappLogin
        started={started}
        onArrived={async session => finish(await validateSession(session))}
        onStartAgain={startAgain}
      />
    ),
  },
  result: {
    title: 'Validate in the backend',
    calls: [{ side: 'Backend', method: 'descope.validateSession' }],
  },
} satisfies { readonly proof: Plan['proof']; readonly result: Omit<Plan['result'], 'show'> }

const methods = { 'sign-up': 'signUp', 'sign-in': 'signIn', 'sign-up-or-in': 'signUpOrIn' } as const

function loginPlan(use: keyof typeof methods, name: Signal<string>): Plan {
  const method = methods[use]
  return {
    ...rest,
    begin: {
      title: 'Enter the login ID',
      button: labels[use],
      calls: [{ side: 'Browser', method: `authsignal.notp.${method}` }],
      furtherFields: use === 'sign-up' && <TextField label="Name" value={name} autocomplete="name" />,
      field: fields.loginId,
      async run(input) {
        const loginId = withoutSpaces(input)
        const response =
          method === 'signUp'
            ? await authsignal.notp.signUp(loginId, { name: name.value.trim() })
            : await authsignal.notp[method](loginId)
        return { ...unwrap(response), sender: loginId }
      },
    },
    result: {
      ...rest.result,
      show: done => showSession(done.session.firstSeen ? 'Signed up as' : 'Signed in as', done),
    },
  }
}

const changePlan: Plan = {
  ...rest,
  begin: {
    title: 'Enter the new number',
    button: 'Change number',
    calls: [{ side: 'Browser', method: 'authsignal.notp.updateUser' }],
    field: fields.phone,
    async run(input) {
      const { user, refreshJwt = '' } = notpSession.value!
      const phone = withoutSpaces(input)
      const change = { loginId: user.loginIds[0]!, phone, addToLoginIDs: true }
      return { ...unwrap(await authsignal.notp.updateUser(change, refreshJwt)), sender: phone }
    },
  },
  result: { ...rest.result, show: done => showSession('The number is now', done) },
}

const stepUpPlan: Plan = {
  ...rest,
  begin: {
    title: 'Request another message',
    button: 'Send the payment',
    calls: [{ side: 'Browser', method: 'authsignal.notp.signIn' }],
    async run() {
      const { user, refreshJwt } = notpSession.value!
      const { phone = '', loginIds } = user
      const loginId = loginIds.includes(phone) ? phone : loginIds[0]!
      const response = await authsignal.notp.signIn(loginId, { stepup: true }, refreshJwt)
      return { ...unwrap(response), sender: phone }
    },
  },
  result: {
    ...rest.result,
    show: done => showSession('Confirmed: the action may go ahead for', done, done.claims.su === true),
  },
}

const backendCode: Readonly<Record<UseId, string>> = {
  'sign-up': validateCode(''),
  'sign-in': validateCode(''),
  'sign-up-or-in': validateCode(''),
  'change-number': validateCode(''),
  'step-up': validateCode('\nif (token.su) await sendPayment(token.sub)'),
}

function validateCode(use: string): string {
  return `
// with the session token of the browser
const { token } = await descope.validateSession(sessionJwt)${use}`
}

const browserCode: Readonly<Record<UseId, string>> = {
  'sign-up': startCode('signUp(loginId, { name })'),
  'sign-in': startCode('signIn(loginId)'),
  'sign-up-or-in': startCode('signUpOrIn(loginId)'),
  'change-number': startCode('updateUser({ loginId, phone }, refreshJwt)'),
  'step-up': startCode('signIn(loginId, { stepup: true }, refreshJwt)'),
}

function startCode(call: string): string {
  return `
const { image, redirectUrl, pendingRef } =
  await authsignal.notp.${call}
qrCode.src = image // for a phone to scan
whatsappLink.href = redirectUrl // on the phone itself
const { sessionJwt, user } =
  await authsignal.notp.waitForSession(pendingRef) // waits`
}

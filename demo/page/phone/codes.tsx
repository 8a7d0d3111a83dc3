/**
 * The phone's authenticator app: each account with its current code and its remaining time.
 *
 * @module
 */

import { CopyButton } from '../../../src/emulator/inspector/parts/copy-button.js'
import { Empty } from '../../../src/emulator/inspector/parts/empty.js'
import { type Account, accounts, currentCode, skipToNextCode } from '../authenticator-app.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useTask } from '../parts/task.js'

export function Codes() {
  return (
    <>
      {accounts.value.length === 0 && (
        <Empty title="No accounts yet">
          The authenticator app shows its codes here once it has scanned an account.
        </Empty>
      )}
      <ul class="messages" aria-label="Accounts">
        {accounts.value.map(account => (
          <li key={account.userAuthenticatorId} class="message">
            <AccountCode account={account} />
          </li>
        ))}
      </ul>
    </>
  )
}

function AccountCode({ account }: { readonly account: Account }) {
  const task = useTask()
  const { issuer, label, code, secondsLeft, period } = currentCode(account)
  return (
    <>
      <p class="message-head">
        <strong>{issuer}</strong>
      </p>
      <p class="message-to">{label}</p>
      <p class="message-code">
        <code>{code}</code>
        <CopyButton text={code} what={`code ${code}`} />
      </p>
      {/* Only visual: a screen reader would announce it four times a second. */}
      <progress class="time-left" max={period} value={secondsLeft} aria-hidden="true" />
      <p class="time-left-text">
        <span aria-hidden="true">{secondsLeft} s left</span>
        <button type="button" class="link" onClick={() => task.run(() => skipToNextCode(account))}>
          Skip to the next code
        </button>
      </p>
      <ProblemNote problem={task.problem} />
    </>
  )
}

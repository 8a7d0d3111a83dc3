/**
 * Requests as they come, with their bodies and why they were refused.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { Status } from '../parts/badge.js'
import { Facts } from '../parts/facts.js'
import { Json } from '../parts/json.js'
import { UserLink } from '../parts/links.js'
import { Split } from '../parts/split.js'
import { Time } from '../parts/time.js'
import { requests } from '../state/emulator.js'
import type { RecordedRequest } from '../types.js'
import { found } from './found.js'

export const foundRequests = found(() => requests.items.value)

const reasonOf = ({ errorCode, fault }: RecordedRequest) =>
  fault === undefined ? errorCode : `fault: ${fault}`

const isRefused = ({ status, errorCode, fault }: RecordedRequest) =>
  status >= 400 || errorCode !== undefined || fault !== undefined

export function Requests() {
  const onlyRefused = useSignal(false)
  const items = onlyRefused.value ? foundRequests.value.filter(isRefused) : foundRequests.value
  return (
    <>
      <p class="filter">
        <label>
          <input
            type="checkbox"
            checked={onlyRefused.value}
            onChange={event => {
              onlyRefused.value = event.currentTarget.checked
            }}
          />{' '}
          Only refused
        </label>
      </p>
      <Split
        view="requests"
        label="Requests"
        items={items}
        idOf={({ id }) => id}
        row={request => (
          <>
            <span class="method">{request.method}</span>
            <code class="grow path">{request.path}</code>
            {reasonOf(request) && <span class="reason">{reasonOf(request)}</span>}
            <Status status={request.status} refused={isRefused(request)} />
            <Time at={request.createdAt} />
          </>
        )}
        titleOf={({ method, path }) => (
          <code>
            {method} {path}
          </code>
        )}
        details={request => <RequestDetails request={request} />}
        empty={
          onlyRefused.value
            ? { title: 'No refused requests', text: 'Every request so far has succeeded.' }
            : {
                title: 'No requests yet',
                text: 'Requests of your page, your backend and your tests appear here as they come.',
              }
        }
      />
    </>
  )
}

const CALLERS: Readonly<Record<string, string>> = {
  SECRET_KEY: 'secret key',
  TOKEN: 'token',
  TENANT_ID: 'tenant ID',
  PROJECT_ID: 'project ID',
  NONE: 'nothing',
}

function RequestDetails({ request }: { readonly request: RecordedRequest }) {
  const { status, authorization, userId, createdAt, durationMs } = request
  const { errorCode, errorDescription, fault } = request
  return (
    <>
      {isRefused(request) && (
        <div class="refusal">
          <p>
            <strong>{fault === undefined ? 'Refused' : 'Met a fault'}</strong>{' '}
            {reasonOf(request) && <code>{errorCode ?? fault}</code>}
          </p>
          <p>{errorDescription}</p>
        </div>
      )}
      <Facts
        facts={[
          ['Status', <Status key="status" status={status} refused={isRefused(request)} />],
          ['Authorized by', CALLERS[authorization] ?? authorization],
          ['User', userId && <UserLink key="user" userId={userId} />],
          ['Time', <Time key="time" at={createdAt} />],
          ['Duration', `${durationMs} ms`],
          ['Fault', fault && <code key="fault">{fault}</code>],
        ]}
      />
      {request.requestBody !== undefined && <Json title="Request body" value={request.requestBody} />}
      {request.responseBody !== undefined && <Json title="Response body" value={request.responseBody} />}
    </>
  )
}

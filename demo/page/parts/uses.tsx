/**
 * The panel of a method that has several uses, such as enrolling and step-up: one of them at a time.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { type ComponentChildren, Fragment } from 'preact'
import { authenticatorOf } from '../user.js'
import { Choice } from './choice.js'
import { Code } from './code.js'
import { NeedsMethod, type Preparation } from './needs-method.js'

export interface Use {
  readonly id: string
  readonly label: string
  /** Whether only a user who has enrolled can do it. */
  readonly needsEnrolment?: boolean
  show(): ComponentChildren
  readonly code: { readonly backend?: string; readonly browser?: string }
}

interface UsesProps {
  readonly verificationMethod: string
  /** What the user enrols, as in: has a passkey. */
  readonly noun: string
  /** Without it the user enrols: only a click may make the browser create a passkey. */
  readonly preparation?: Preparation
  /** The first is enrolment. An enrolled user starts with the second. */
  readonly uses: readonly [Use, Use, ...Use[]]
}

export function Uses({ verificationMethod, noun, preparation, uses }: UsesProps) {
  const [enrolling, next] = uses
  const selected = useSignal<Use>(authenticatorOf({ verificationMethod }) ? next : enrolling)
  const { id, needsEnrolment, show, code } = selected.value
  return (
    <>
      <Choice
        label="What to do"
        options={uses.map(use => ({ value: use.id, label: use.label }))}
        value={id}
        onChange={chosen => {
          selected.value = uses.find(use => use.id === chosen) ?? selected.value
        }}
      />
      <Fragment key={id}>
        {needsEnrolment ? (
          <NeedsMethod
            verificationMethod={verificationMethod}
            preparation={preparation}
            otherwise={
              <>
                <p>This scenario challenges a user who has {noun}, and this one has none yet.</p>
                <button
                  type="button"
                  class="primary"
                  onClick={() => {
                    selected.value = enrolling
                  }}
                >
                  Enrol first
                </button>
              </>
            }
          >
            {show()}
          </NeedsMethod>
        ) : (
          show()
        )}
      </Fragment>
      <Code {...code} />
    </>
  )
}

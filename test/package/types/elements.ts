/** What must compile with the elements where no framework is installed, and what must not. Never run. */
import {
  AuthsignalCodeElement,
  type CodeCompleteDetail,
  type CodeElementAttributes,
  type CodeElementEventMap,
  type DefineCodeOptions,
  defineCode,
} from 'authsignal-channels/elements'

const options: DefineCodeOptions = { tag: 'acme-code' }
defineCode(options)
defineCode()

const element: AuthsignalCodeElement = document.createElement('authsignal-code')
element.addEventListener('complete', ({ detail }) => detail.code.padStart(6))
element.addEventListener('focusin', event => event.relatedTarget)
element.addEventListener('of-the-page', event => event.type)
element.error = 'That code is wrong.'
element.error = undefined
element.error = null
const { error }: { error: string } = element
const found = document.querySelector('authsignal-code')?.error.length
class Own extends AuthsignalCodeElement {}

const attributes: CodeElementAttributes = {
  length: 8,
  cells: true,
  error: undefined,
  oncomplete: event => event.detail.code.length,
}
const detail = (event: CodeElementEventMap['complete']): CodeCompleteDetail => event.detail

// @ts-expect-error the name is a text
defineCode({ tag: 1 })
// @ts-expect-error the code is a text
element.addEventListener('complete', ({ detail }) => detail.code.toFixed())
// @ts-expect-error an error is a sentence
element.error = 1

export { attributes, detail, error, found, Own }

import { AuthsignalCodeElement, defineCode } from 'authsignal-channels/elements'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => document.body.replaceChildren())

/** Puts a finished piece of HTML into a document or shadow root. */
function show(html: string, root: ParentNode = document.body) {
  const piece = document.createElement('div')
  piece.innerHTML = html
  root.replaceChildren(piece)
}

/** A field on the page, and the codes that it has reported. */
function field(attributes = '', input = '<input name="code">') {
  show(`<form><authsignal-code ${attributes}><label>Code ${input}</label></authsignal-code></form>`)
  const element = document.querySelector('authsignal-code')!
  const codes: string[] = []
  element.addEventListener('complete', ({ detail }) => codes.push(detail.code))
  return { element, codes, input: element.querySelector('input')! }
}

/** Events come after the listeners of the page: in a task of their own. */
const settled = () => new Promise(resolve => setTimeout(resolve))

function enter(input: HTMLInputElement, value: string, init: InputEventInit = {}) {
  input.value = value
  input.dispatchEvent(new InputEvent('input', { bubbles: true, ...init }))
}

test('the input is one for codes, and keeps what the page gave it', () => {
  const { input } = field('', '<input name="code" class="mine" required>')
  expect(input.getAttribute('autocomplete')).toBe('one-time-code')
  expect(input.getAttribute('dir')).toBe('ltr')
  expect(input.inputMode).toBe('numeric')
  expect([input.name, input.className, input.required]).toEqual(['code', 'mine', true])
})

test('a pasted sentence becomes the code, before the listeners of the page see it', () => {
  const { input } = field()
  const seen: string[] = []
  input.addEventListener('input', () => seen.push(input.value))
  enter(input, 'Your code is 123 456.')
  expect(seen).toEqual(['123456'])
})

test('complete fires once per code, and again only after the code has changed', async () => {
  const { input, codes } = field()
  for (const value of ['1', '12345', '123456', '123456', '1234567', '123 456']) enter(input, value)
  await settled()
  expect(codes).toEqual(['123456'])
  for (const value of ['12345', '123456', '654321']) enter(input, value)
  await settled()
  expect(codes).toEqual(['123456', '123456', '654321'])
})

test('complete fires after the listeners of the page, and does not bubble', async () => {
  const { element, input } = field()
  const order: string[] = []
  document.body.addEventListener('complete', () => order.push('body'), { once: true })
  document.body.addEventListener('input', () => order.push('input'), { once: true })
  element.addEventListener('complete', () => order.push('complete'))
  enter(input, '123456')
  await settled()
  expect(order).toEqual(['input', 'complete'])
})

test('the same code fires again when the page has emptied the field meanwhile', async () => {
  const { input, codes } = field()
  enter(input, '123456')
  input.value = ''
  input.dispatchEvent(new InputEvent('beforeinput', { bubbles: true }))
  enter(input, '123456')
  await settled()
  expect(codes).toEqual(['123456', '123456'])
})

test('a code that was there before the element fires nothing', async () => {
  const { input, codes } = field('', '<input value="123456">')
  input.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  await settled()
  expect(codes).toEqual([])
})

test.each([
  ['length="4"', '<input>', '1234'],
  ['', '<input maxlength="8">', '12345678'],
  ['length="4"', '<input maxlength="32">', '1234'],
  ['length="none"', '<input>', '123456'],
])('%s and %s make a code of %s', async (attributes, html, code) => {
  const { input, codes } = field(attributes, html)
  enter(input, '123456789')
  await settled()
  expect(codes).toEqual([code])
  expect(input.hasAttribute('maxlength')).toBe(false)
})

test('the length can change later', async () => {
  const { element, input, codes } = field('length="8"')
  expect(element.style.getPropertyValue('--authsignal-code-length')).toBe('8')
  element.setAttribute('length', '6')
  expect(element.style.getPropertyValue('--authsignal-code-length')).toBe('')
  enter(input, '123456')
  await settled()
  expect(codes).toEqual(['123456'])
})

test('a composition is left alone until it ends, and then the page is told the code', async () => {
  const { input, codes } = field()
  const seen: string[] = []
  input.addEventListener('input', () => seen.push(input.value))
  enter(input, '１２３４５６', { isComposing: true })
  expect(input.value).toBe('１２３４５６')
  input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
  await settled()
  expect(seen).toEqual(['１２３４５６', '123456'])
  expect(codes).toEqual(['123456'])
})

test('a keyboard that composes plain digits completes the code without an end of the composition', async () => {
  const { input, codes } = field()
  enter(input, '123456', { isComposing: true })
  await settled()
  expect(codes).toEqual(['123456'])
})

test('an error is an alert that describes the input, until the next input', () => {
  const { element, input } = field('', '<input aria-describedby="hint">')
  element.error = 'That code is wrong.'
  const alert = element.querySelector('[role=alert]')!
  expect(alert.textContent).toBe('That code is wrong.')
  expect(input.getAttribute('aria-describedby')!.split(' ')).toEqual([alert.id, 'hint'])
  expect(input.ariaInvalid).toBe('true')
  expect(element.getAttribute('error')).toBe('That code is wrong.')

  enter(input, '1')
  expect(element.error).toBe('')
  expect(element.hasAttribute('error')).toBe(false)
  expect(alert.textContent).toBe('')
  expect(input.ariaInvalid).toBeNull()

  element.error = 'That one too.'
  expect(element.querySelectorAll('[role=alert]')).toHaveLength(1)
  expect(alert.textContent).toBe('That one too.')
  expect(input.getAttribute('aria-describedby')!.split(' ')).toEqual([alert.id, 'hint'])
})

test('an error in the markup is shown, in the element that the page has for it', () => {
  show('<authsignal-code error="Expired."><input><p id="wrong" role="alert"></p></authsignal-code>')
  expect(document.querySelector('#wrong')!.textContent).toBe('Expired.')
  expect(document.querySelector('input')!.getAttribute('aria-describedby')!.trim()).toBe('wrong')
})

test('an alert of the page keeps its text while there is no error', () => {
  show('<authsignal-code><input><p role="alert">From the server.</p></authsignal-code>')
  const input = document.querySelector('input')!
  enter(input, '1')
  document.querySelector('authsignal-code')!.setAttribute('length', '4')
  expect(document.querySelector('p')!.textContent).toBe('From the server.')
})

test('without an error the element adds nothing to the page', () => {
  const { element } = field()
  expect(element.innerHTML).not.toContain('alert')
  expect(element.hasAttribute('style')).toBe(false)
})

test('an error selects a complete code, so that typing replaces it', () => {
  const { element, input } = field()
  input.focus()
  enter(input, '123')
  element.error = 'Too short.'
  expect(input.selectionEnd! - input.selectionStart!).toBe(0)
  enter(input, '123456')
  element.error = 'Wrong.'
  expect([input.selectionStart, input.selectionEnd]).toEqual([0, 6])
})

test('an input that comes later, or in place of another, becomes the field', async () => {
  show('<authsignal-code></authsignal-code>')
  const element = document.querySelector('authsignal-code')!
  const codes: string[] = []
  element.addEventListener('complete', ({ detail }) => codes.push(detail.code))
  for (const [index, code] of ['123456', '654321'].entries()) {
    const input = document.createElement('input')
    element.replaceChildren(input)
    await vi.waitFor(() => expect(input.dir).toBe('ltr'))
    enter(input, code)
    await settled()
    expect(codes).toHaveLength(index + 1)
  }
})

test('defineCode() registers the element by another name, and again does nothing', () => {
  for (const _ of [1, 2]) defineCode({ tag: 'acme-code' })
  const element = document.createElement('acme-code')
  expect(element).toBeInstanceOf(AuthsignalCodeElement)
  expect(document.createElement('authsignal-code')).toBeInstanceOf(AuthsignalCodeElement)
})

test('defineCode() refuses a name without a hyphen', () => {
  expect(() => defineCode({ tag: 'code' })).toThrow(new TypeError('"tag" must have a hyphen, got code'))
})

test('the style is adopted once per document and shadow root, and again when the page has dropped it', () => {
  const adopted = () => document.adoptedStyleSheets.length
  field()
  const before = adopted()
  field()
  expect(adopted()).toBe(before)
  document.adoptedStyleSheets = []
  field()
  expect(adopted()).toBe(1)

  const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
  show('<authsignal-code><input></authsignal-code><authsignal-code><input></authsignal-code>', shadow)
  expect(shadow.adoptedStyleSheets).toHaveLength(1)
})

/** @jsxImportSource ../../../src/elements/challenge/lib */
import { beforeEach, expect, test, vi } from 'vitest'
import { createDrawing } from '../../../src/elements/challenge/lib/draw.js'
import type { Children } from '../../../src/elements/challenge/lib/jsx-runtime.js'
import { onChange, signal } from '../../../src/elements/challenge/lib/signal.js'

let node: HTMLElement
let draw: (markup: Children) => void

beforeEach(() => {
  node = document.createElement('div')
  document.body.replaceChildren(node)
  draw = createDrawing(node)
})

const find = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => node.querySelector(tag)!

test('draws elements, texts, numbers and components, and nothing for what is absent', () => {
  const Twice = ({ text }: { text: string }) => (
    <>
      <i>{text}</i>
      <i>{text}</i>
    </>
  )
  draw(
    <p class="a">
      {1} <Twice text="b" />
      {false}
      {null}
      {['c', 'd']}
    </p>,
  )
  expect(node.innerHTML).toBe('<p class="a">1 <i>b</i><i>b</i>cd</p>')
})

test('keeps the elements that stay, and removes and adds the others', () => {
  const page = (hasHint: boolean, count: number) => (
    <div>
      {hasHint && <p>Hint</p>}
      <input name="code" />
      {Array.from({ length: count }, (_, index) => (
        <li>{index}</li>
      ))}
    </div>
  )
  draw(page(false, 3))
  const input = find('input')
  draw(page(true, 1))
  expect(find('input')).toBe(input)
  expect(node.innerHTML).toBe('<div><p>Hint</p><input name="code"><li>0</li></div>')
  draw(null)
  expect(node.childElementCount).toBe(0)
})

test('leaves alone what others have inserted, and survives what they have taken away', () => {
  const page = (text: string, more: boolean) => (
    <div>
      <b>{text}</b>
      {more && <i />}
    </div>
  )
  draw(page('one', false))
  find('div').prepend(document.createElement('u'))
  find('b').firstChild!.remove()
  draw(page('two', true))
  expect(node.innerHTML).toBe('<div><u></u><b></b><i></i></div>')
})

test('sets attributes as HTML has them', () => {
  const field = (isWrong: boolean) => (
    <input aria-invalid={isWrong} required={isWrong} spellcheck={false} tabIndex={-1} readOnly={!isWrong} />
  )
  draw(field(true))
  const attributes = () => [...find('input').attributes].map(({ name, value }) => `${name}=${value}`).sort()
  expect(attributes()).toEqual(['aria-invalid=true', 'required=', 'spellcheck=false', 'tabindex=-1'])
  draw(field(false))
  expect(attributes()).toEqual(['aria-invalid=false', 'readonly=', 'spellcheck=false', 'tabindex=-1'])
})

test('changes a value only when it is another, so that the caret stays', () => {
  draw(<input value="12" />)
  const input = find('input')
  input.value = '123'
  const set = vi.spyOn(input, 'value', 'set')
  draw(<input value="123" />)
  expect(set).not.toHaveBeenCalled()
  draw(<input value="" />)
  expect(input.value).toBe('')
})

test('calls the handler of the last drawing', () => {
  const [first, second] = [vi.fn(), vi.fn()]
  draw(<button type="button" onClick={first} />)
  draw(<button type="button" onClick={second} />)
  find('button').click()
  expect(first).not.toHaveBeenCalled()
  expect(second).toHaveBeenCalledOnce()
})

test('draws pictures as SVG', () => {
  draw(
    <svg viewBox="0 0 1 1" aria-hidden="true">
      <path d="M0 0" />
    </svg>,
  )
  expect(node.querySelector('path')!.namespaceURI).toBe('http://www.w3.org/2000/svg')
  expect(node.querySelector('svg')!.getAttribute('viewBox')).toBe('0 0 1 1')
})

test('`focusOn` moves the focus each time its value is another one', () => {
  const page = (error: object | undefined) => (
    <div>
      <button type="button" />
      <input focusOn={error} />
    </div>
  )
  draw(page(undefined))
  find('button').focus()
  const error = {}
  draw(page(error))
  expect(document.activeElement).toBe(find('input'))
  find('button').focus()
  draw(page(error))
  expect(document.activeElement).toBe(find('button'))
  draw(page({}))
  expect(document.activeElement).toBe(find('input'))
})

test('several changes of signals notify once, and none does after the end', async () => {
  const listener = vi.fn()
  const stop = onChange(listener)
  const count = signal(0)
  count.value = 1
  count.value = 2
  await Promise.resolve()
  expect(listener).toHaveBeenCalledOnce()
  count.value = 2
  await Promise.resolve()
  expect(listener).toHaveBeenCalledOnce()
  count.value = 3
  stop()
  await Promise.resolve()
  expect(listener).toHaveBeenCalledOnce()
})

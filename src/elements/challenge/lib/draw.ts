/**
 * Draws markup into a node, and changes only what is different from before.
 *
 * Children are compared by their place. A place without content holds an empty text, so that what follows keeps its
 * place. Nodes that others insert, such as password managers and translators, are left alone.
 *
 * @module
 */
import type { Children, Markup } from './jsx-runtime.js'

/** A node that was drawn, with what it was drawn from. */
interface Drawn {
  readonly node: Node
  from: Markup | string
  children: readonly Drawn[]
}

const SVG = 'http://www.w3.org/2000/svg'

/** What is known during one drawing. */
interface Drawing {
  readonly prefix: string
  /** Elements that get the focus once everything is drawn. */
  readonly focused: HTMLElement[]
}

/** Attributes that hold IDs of the markup. */
const IDS = ['id', 'for', 'aria-describedby']

/**
 * Returns a function that draws into a node, which has to be empty.
 *
 * @param prefix Put before each ID: they have to be unique on a page.
 */
export function createDrawing(node: Element, prefix = ''): (markup: Children) => void {
  let children: readonly Drawn[] = []
  return markup => {
    const drawing: Drawing = { prefix, focused: [] }
    children = update(node, children, markup, drawing)
    for (const element of drawing.focused) {
      element.focus()
      if (element instanceof HTMLInputElement) element.select()
    }
  }
}

function update(parent: Element, before: readonly Drawn[], markup: Children, drawing: Drawing) {
  const children = flatten(markup).map((child, index) => {
    const drawn = before[index]
    if (drawn && tagOf(drawn.from) === tagOf(child)) {
      change(drawn, child, drawing)
      return drawn
    }
    const made = create(child, parent, drawing)
    if (drawn) (drawn.node as ChildNode).replaceWith(made.node)
    else parent.append(made.node)
    return made
  })
  for (const { node } of before.slice(children.length)) (node as ChildNode).remove()
  return children
}

const flatten = (markup: Children): (Markup | string)[] => {
  if (Array.isArray(markup)) return markup.flatMap(flatten)
  if (markup === null || markup === undefined || typeof markup === 'boolean') return ['']
  return [typeof markup === 'number' ? `${markup}` : (markup as Markup | string)]
}

const tagOf = (from: Markup | string) => (typeof from === 'string' ? '' : from.tag)

function create(from: Markup | string, parent: Element, drawing: Drawing): Drawn {
  if (typeof from === 'string') return { node: document.createTextNode(from), from, children: [] }
  const isSvg = from.tag === 'svg' || parent.namespaceURI === SVG
  const node = isSvg ? document.createElementNS(SVG, from.tag) : document.createElement(from.tag)
  const drawn: Drawn = { node, from: { tag: from.tag, props: {} }, children: [] }
  for (const name of Object.keys(from.props)) {
    const isHandler = name.startsWith('on')
    // The handler of the last drawing, not of the first one.
    if (isHandler)
      node.addEventListener(name.slice(2).toLowerCase(), event => {
        const handler = (drawn.from as Markup).props[name] as ((event: Event) => void) | undefined
        handler?.(event)
      })
  }
  change(drawn, from, drawing)
  return drawn
}

function change(drawn: Drawn, from: Markup | string, drawing: Drawing) {
  const before = drawn.from
  drawn.from = from
  if (typeof from === 'string') {
    if (from !== before) (drawn.node as Text).data = from
    return
  }
  const node = drawn.node as HTMLElement
  const { props } = before as Markup
  for (const name of Object.keys({ ...props, ...from.props }))
    set(node, name, from.props[name], props[name], drawing)
  drawn.children = update(node, drawn.children, from.props.children as Children, drawing)
}

function set(node: HTMLElement, name: string, value: unknown, before: unknown, drawing: Drawing) {
  if (name === 'children' || name.startsWith('on')) return
  if (name === 'focusOn') {
    if (value !== undefined && value !== before) drawing.focused.push(node)
  } else if (name === 'value' || name === 'checked') {
    // The user changes these too.
    const input = node as HTMLInputElement
    if (input[name] !== value) input[name] = value as never
  } else if (value !== before) {
    // These say "false"; of other attributes, only the absence means no.
    const saysFalse = name.startsWith('aria-') || name === 'spellcheck'
    if (value === undefined || value === null || (value === false && !saysFalse)) node.removeAttribute(name)
    else {
      const text = value === true && !saysFalse ? '' : `${value}`
      node.setAttribute(name, IDS.includes(name) ? text.replace(/\S+/g, id => drawing.prefix + id) : text)
    }
  }
}

/**
 * The keys of the page. `parts/help.tsx` lists them.
 *
 * @module
 */
import { go, place } from './address.js'
import { search } from './state/search.js'

interface Keys {
  readonly viewIds: readonly string[]
  readonly showHelp: () => void
}

export function listenToKeys({ viewIds, showHelp }: Keys): void {
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (document.querySelector('dialog[open]')) return
    if (event.key === 'Escape') return leave()
    if (isTyping(event.target)) return
    const action = actionOf(event.key)
    if (action === undefined) return
    event.preventDefault()
    action()
  })

  function actionOf(key: string): (() => void) | undefined {
    if (key === '/') return focusSearch
    if (key === '?') return showHelp
    if (key === 'j' || key === 'ArrowDown') return () => move(1)
    if (key === 'k' || key === 'ArrowUp') return () => move(-1)
    if (key === 'Enter' && document.activeElement?.matches('[data-stop]:not(a)'))
      return () => document.activeElement?.querySelector<HTMLElement>('.copy, .primary')?.click()
    const view = viewIds[Number(key) - 1]
    return view === undefined ? undefined : () => go(view)
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea, pre')

const searchField = () => document.querySelector<HTMLInputElement>('input[type=search]')

function focusSearch(): void {
  searchField()?.focus()
  searchField()?.select()
}

/** Leaves the search field, closes the details, or ends the search. */
function leave(): void {
  const { view, item } = place.peek()
  if (document.activeElement === searchField() && search.peek() === '') searchField()?.blur()
  else if (item !== '' && document.activeElement !== searchField()) go(view)
  else search.value = ''
}

/** Moves the focus in the list, from the item whose details are shown or from the first one. */
function move(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('main [data-stop]')]
  const focused = stops.findIndex(stop => stop.contains(document.activeElement))
  const index = focused === -1 ? stops.findIndex(stop => stop.ariaCurrent === 'true') : focused
  const next = stops[index === -1 ? 0 : Math.min(Math.max(index + step, 0), stops.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  // The details follow, once they are shown.
  if (next instanceof HTMLAnchorElement && place.peek().item !== '') next.click()
}

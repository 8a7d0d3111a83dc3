/**
 * A list of links, and the details of the one that is chosen, side by side or, on a narrow screen, one at a time.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { go, linkTo, place } from '../address.js'
import { isSearching } from '../state/search.js'
import { Empty } from './empty.js'

interface SplitProps<Item> {
  readonly view: string
  /** What the items are, as in “Users”. */
  readonly label: string
  readonly items: readonly Item[]
  /** How many there are, when the list is not all of them. */
  readonly total?: number
  readonly idOf: (item: Item) => string
  /** What a row shows. */
  readonly row: (item: Item) => ComponentChildren
  /** What can be done in a row, beside its link. */
  readonly aside?: (item: Item) => ComponentChildren
  readonly titleOf: (item: Item) => ComponentChildren
  readonly details: (item: Item) => ComponentChildren
  /** When there are no items. */
  readonly empty: { readonly title: string; readonly text: ComponentChildren }
}

export function Split<Item>(props: SplitProps<Item>) {
  const { view, label, items, total = items.length, idOf, row, aside, empty } = props
  const { item: chosen } = place.value
  const item = items.find(each => idOf(each) === chosen)
  return (
    <div class={`split split-${view} ${chosen ? 'split-open' : ''}`}>
      <div class="list">
        {items.length === 0 && (
          <Empty title={isSearching.value ? 'Nothing found' : empty.title}>
            {isSearching.value ? 'No item has this text in any of its fields.' : empty.text}
          </Empty>
        )}
        <ul class="rows" aria-label={label}>
          {items.map(each => {
            const id = idOf(each)
            return (
              <li key={id} class="row">
                <a
                  class="row-link"
                  data-stop
                  href={linkTo(view, id)}
                  aria-current={id === chosen ? 'true' : undefined}
                >
                  {row(each)}
                </a>
                {aside?.(each)}
              </li>
            )
          })}
        </ul>
        {total > items.length && (
          <p class="more">
            The newest {items.length} of {total}. Search to find others.
          </p>
        )}
      </div>
      {chosen && <Details key={chosen} {...props} item={item} />}
    </div>
  )
}

function Details<Item>({
  view,
  label,
  item,
  titleOf,
  details,
}: SplitProps<Item> & { readonly item: Item | undefined }) {
  const title = useRef<HTMLHeadingElement>(null)

  // On a narrow screen it takes the place of the list, which has the focus.
  useEffect(() => {
    const list = document.querySelector('.list')
    if (list instanceof HTMLElement && list.offsetParent === null) title.current?.focus()
  }, [])

  return (
    <section class="details" aria-labelledby="details-title">
      <header class="details-head">
        <h2 id="details-title" ref={title} tabIndex={-1}>
          {item ? titleOf(item) : 'Not found'}
        </h2>
        <button type="button" class="quiet" onClick={() => go(view)}>
          Close
        </button>
      </header>
      {item ? (
        details(item)
      ) : (
        <p class="hint">This item of “{label}” has been deleted, or the search does not find it.</p>
      )}
    </section>
  )
}

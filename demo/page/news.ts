/**
 * What has just arrived on the phone, and which of its screens is shown.
 *
 * @module
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { IconName } from '../../src/emulator/inspector/parts/icon-name.js'

export type Screen = 'messages' | 'approvals' | 'codes' | 'whatsapp'

export interface News {
  readonly id: string
  readonly screen: Screen
  readonly icon: IconName
  readonly text: string
}

export const latestNews = signal<News | undefined>(undefined)

export const shownScreen = signal<Screen>('messages')

/** Screens with something new that the user has not seen. */
export const unseenScreens = signal<readonly Screen[]>([])

export function announce(news: News): void {
  latestNews.value = news
  bringUp(news.screen)
}

/** Announces what is added to a list from now on, until the page closes. */
export function announceAdded<Item>(
  list: ReadonlySignal<readonly Item[]>,
  newsOf: (item: Item) => News,
): void {
  const idsOf = (items: readonly Item[]) => items.map(item => newsOf(item).id)
  let known = idsOf(list.peek())
  list.subscribe(present => {
    const added = present.find(item => !known.includes(newsOf(item).id))
    known = idsOf(present)
    if (added) announce(newsOf(added))
  })
}

/** Shows a screen, or marks it as unseen while the user is working on the phone. */
export function bringUp(screen: Screen): void {
  const isBusy = document.hasFocus() && document.activeElement?.closest('.phone')
  if (!isBusy) show(screen)
  else if (screen !== shownScreen.value) unseenScreens.value = [...without(screen), screen]
}

export function show(screen: Screen): void {
  shownScreen.value = screen
  unseenScreens.value = without(screen)
}

export function forgetNews(): void {
  latestNews.value = undefined
  unseenScreens.value = []
}

const without = (screen: Screen) => unseenScreens.value.filter(each => each !== screen)

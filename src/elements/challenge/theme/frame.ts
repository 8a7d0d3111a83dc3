/**
 * What is around every screen: the theme, who requests the challenge, and what for.
 *
 * @module
 */

import { adoptSheet } from '../../code/adopt-sheet.js'
import { type Appearance, type Brand, checkAppearance } from './appearance.js'
import { applyTheme } from './apply-theme.js'
import { STYLE } from './style.js'

export interface Frame {
  /** What is around the screens. */
  readonly root: HTMLElement
  /** The screens are drawn into it. */
  readonly screen: HTMLElement
  /** The language of everything inside. */
  setLanguage(language: { readonly lang: string; readonly dir: string }): void
  /** @throws {TypeError} When it is not valid; the message names it in quotes. Nothing has changed then. */
  setAppearance(appearance: Appearance): void
  /** Adds the styles of further screens. */
  addStyles(styles: readonly string[]): void
  /** Empties the node. */
  remove(): void
}

/**
 * Puts the frame into a node, which has to be empty.
 *
 * @throws {TypeError} When the appearance is not valid; the message names it in quotes.
 */
export function createFrame(node: Element, appearance: Appearance): Frame {
  checkAppearance(appearance)
  const root = piece('div', 'challenge')
  const probe = piece('span', 'probe')
  const screen = document.createElement('div')
  probe.ariaHidden = 'true'
  let stopTheme = () => {}

  function setAppearance(next: Appearance) {
    checkAppearance(next)
    const { theme = 'auto', brand, action } = next
    // The screen stays where it is: an element that is moved loses the focus.
    while (probe.nextSibling !== screen) probe.nextSibling!.remove()
    if (brand) screen.before(brandMark(brand))
    if (action) screen.before(actionText(action))
    if (root.dataset.theme === theme) return
    // The theme decides which colours the browser computes.
    root.dataset.theme = theme
    stopTheme()
    stopTheme = applyTheme(root, probe)
  }

  root.append(probe, screen)
  node.append(root)
  adoptSheet(root, STYLE)
  setAppearance(appearance)
  return {
    root,
    screen,
    setLanguage({ lang, dir }) {
      root.lang = lang
      root.dir = dir
    },
    setAppearance,
    addStyles(styles) {
      for (const style of styles) adoptSheet(root, style)
    },
    remove() {
      stopTheme()
      root.remove()
    },
  }
}

function piece<Tag extends 'div' | 'p' | 'span' | 'img'>(tag: Tag, hook: string) {
  const element = document.createElement(tag)
  element.dataset.authsignal = hook
  return element
}

function actionText(text: string) {
  const element = piece('p', 'action')
  element.append(isolated(text))
  return element
}

/** A text of the app, which may be written in another direction than those of the challenge. */
function isolated(text: string) {
  const element = document.createElement('bdi')
  element.textContent = text
  return element
}

/** The logo, which is the name for screen readers; the name as text while there is none. */
function brandMark({ name, logo }: Brand) {
  const brand = piece('div', 'brand')
  brand.append(isolated(name))
  if (!logo) return brand
  const image = piece('img', 'brand-logo')
  image.alt = name
  image.referrerPolicy = 'no-referrer'
  image.onerror = () => brand.replaceChildren(isolated(name))
  image.src = logo
  brand.replaceChildren(image)
  return brand
}

/**
 * Brings a style sheet to where an element is, as a constructable sheet: no policy of the page can refuse it.
 *
 * @module
 */

/** The sheet of each text. */
const sheets: Record<string, CSSStyleSheet> = {}

/** Gives the document or shadow root of an element the style, once. */
export function adoptSheet(element: Element, css: string): void {
  // Sheets belong to a document. An element that was moved to another window goes without.
  if (element.ownerDocument !== document) return
  let sheet = sheets[css]
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    sheets[css] = sheet
  }
  const { adoptedStyleSheets } = element.getRootNode() as Document | ShadowRoot
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet)
}

/**
 * What a popup and a window have in common: a place that shows the hosted page.
 *
 * @module
 */

/** A place that shows the hosted page. */
export interface Surface {
  /** The window whose messages count. */
  readonly source: Window | null
  /**
   * What has become of it so far. `loaded` may also be the browser's own error page; `unreachable` is a
   * window that is gone for this page, while the user may still have it.
   */
  state(): 'loading' | 'loaded' | 'closed' | 'unreachable'
  reveal(): void
  resize(height: number): void
  close(): void
}

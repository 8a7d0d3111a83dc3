/**
 * What a popup and a window have in common: they show the hosted page.
 *
 * @module
 */

/** A popup or window that shows the hosted page. */
export interface Surface {
  /** The window whose messages count. */
  readonly source: Window | null
  /** Reports what happens to it until `close()`. */
  watch(listener: SurfaceListener): void
  /** The hosted page has reported that it is ready. */
  setReady(): void
  /** Fits a surface that can change its height to the page, in CSS pixels. */
  resize?(height: number): void
  /** Closes it. After a success it may stay for a moment, so that the user sees it. */
  close(isVerified: boolean): void
}

/** What can happen to a surface. */
export interface SurfaceListener {
  /** It has loaded a page for the first time, which may also be an error page of the browser. */
  onLoaded(): void
  /** The user, or a script of the host page, has closed it. */
  onClosed(): void
  /** This page has lost the window, which the user may still have. */
  onUnreachable(): void
}

/**
 * What a page says about the appearance of the challenge, besides its custom properties.
 *
 * @module
 */

/** Light, dark, or as the page: `auto` follows its `color-scheme`. */
export type Theme = 'auto' | 'light' | 'dark'

/** Who requests the challenge. */
export interface Brand {
  /** The name that users know. */
  readonly name: string
  /**
   * The address of a logo, shown in place of the name: `https:`, `data:image/…`, or of the page's own origin. Where it
   * does not load, the name is shown.
   */
  readonly logo?: string | undefined
}

export interface Appearance {
  /** Default `auto`. */
  readonly theme?: Theme | undefined
  readonly brand?: Brand | undefined
  /** What is being confirmed, such as "Send payment to Acme, $120". */
  readonly action?: string | undefined
}

/**
 * Checks what a page has set.
 *
 * @throws {TypeError} When it is not valid; the message names it in quotes.
 */
export function checkAppearance({ theme = 'auto', brand, action = '' }: Appearance): void {
  if (!['auto', 'light', 'dark'].includes(theme)) throw new TypeError('"theme" must be auto, light or dark')
  if (typeof action !== 'string') throw new TypeError('"action" must be a text')
  if (!brand) return
  if (typeof brand.name !== 'string' || !brand.name.trim())
    throw new TypeError('"brand.name" must be a text that is not empty')
  if (brand.logo !== undefined && !isSafeImage(brand.logo))
    throw new TypeError('"brand.logo" must be an https or data:image address, or one of the own origin')
}

/** Whether an address can only be an image, from an origin that the network cannot change. */
function isSafeImage(address: string): boolean {
  if (typeof address !== 'string' || !URL.canParse(address, document.baseURI)) return false
  const { protocol, origin, pathname } = new URL(address, document.baseURI)
  if (protocol === 'data:') return /^image\/(avif|gif|jpeg|png|svg\+xml|webp)[;,]/.test(pathname)
  return protocol === 'https:' || (protocol === 'http:' && origin === location.origin)
}

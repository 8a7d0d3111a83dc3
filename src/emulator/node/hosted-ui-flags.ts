/**
 * `--brand`, `--accent`, `--theme`, `--lang` and `--methods`: how the hosted page looks, and what it offers.
 */

import { HOSTED_UI_METHODS, type HostedUiSettings, readHostedUi } from '../lib/hosted-ui-settings.js'

type Flag = 'brand' | 'accent' | 'theme' | 'lang' | 'methods'

/** `undefined` without any of them. Throws a `TypeError` that names the flag in quotes. */
export function hostedUiOf(
  flags: { readonly [Name in Flag]?: string | undefined },
): HostedUiSettings | undefined {
  const { brand, accent, theme, lang, methods } = flags
  if ([brand, accent, theme, lang, methods].every(each => each === undefined)) return undefined
  const names = methods?.split(',')
  if (names?.every(isMethod) === false)
    throw new TypeError(`"methods" must be names with commas: ${HOSTED_UI_METHODS.join(', ')}`)
  try {
    return readHostedUi({
      ...(brand !== undefined && { brand: { name: brand } }),
      ...(accent !== undefined && { accent }),
      ...(theme !== undefined && { theme }),
      ...(lang !== undefined && { lang }),
      ...(names !== undefined && { methods: names }),
    })
  } catch (error) {
    // From the path of the setting to the flag.
    const message = (error as TypeError).message.replace(/^"hostedUi" is not valid: (\w+)\S*/, '"$1"')
    throw new TypeError(message)
  }
}

const isMethod = (name: string) => (HOSTED_UI_METHODS as readonly string[]).includes(name)

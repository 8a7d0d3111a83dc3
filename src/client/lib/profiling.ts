/**
 * Advanced profiling: a third party's script that looks closely at the browser, for fraud rules.
 *
 * It is loaded only when the app calls it, and is the one part of the SDK that adds a script to the
 * page: `script-src` must name its host, and Trusted Types a default policy that lets it in.
 *
 * @module
 */

import { parseBaseUrl } from '../options.js'
import { type DeviceCookie, randomId, writeCookie } from './device.js'

const BASE_URL = 'https://h.online-metrix.net'
const ORGANISATION = '4a08uqve'

/** @returns The ID of this profile, which the cookie `__as_pid` hands to the backend. */
export function addProfiling(domain: string, baseUrl = BASE_URL): string {
  const base = parseBaseUrl(baseUrl, '"baseUrl"')
  const id = randomId()
  writeCookie({ name: '__as_pid', domain } satisfies DeviceCookie, id)
  const query = `?org_id=${ORGANISATION}&session_id=${id}`

  const script = document.createElement('script')
  script.id = 'as_adv_profile'
  script.src = `${base}/fp/tags.js${query}`
  const pixel = document.createElement('noscript')
  pixel.id = 'as_adv_profile_pixel'
  const frame = document.createElement('iframe')
  frame.style.cssText = 'width:100px;height:100px;border:0;position:absolute;top:-5000px'
  frame.src = `${base}/fp/tags${query}`
  pixel.append(frame)

  for (const earlier of document.querySelectorAll(`#${script.id}, #${pixel.id}`)) earlier.remove()
  document.head.append(script)
  document.body.prepend(pixel)
  return id
}

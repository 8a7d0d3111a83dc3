/**
 * The devices that a user was seen on, by the ID that the backend or the browser names (contract 4.1).
 *
 * Phones that answer push requests are authenticators, not these.
 */

import { BoundedMap } from '../lib/bounded-map.js'
import { notFound } from '../lib/errors.js'
import type { VerificationMethod } from './methods.js'

/** A browser or app that a user was seen on. */
export interface UserDevice {
  readonly deviceId: string
  readonly createdAt: number
  /** When an action on it was last verified, and how. */
  authenticatedAt?: number
  lastVerificationMethod?: VerificationMethod
  /** When the backend last invalidated it. */
  invalidatedAt?: number
}

interface Owner {
  devices?: Map<string, UserDevice>
}

const DEVICES_PER_USER = 100

/** The device of that ID, new when the user was not seen on it before. An empty ID names none. */
export function seenDevice(user: Owner, deviceId: string | undefined, now: number): UserDevice | undefined {
  if (!deviceId) return undefined
  user.devices ??= new BoundedMap(DEVICES_PER_USER)
  const device = user.devices.get(deviceId) ?? { deviceId, createdAt: now }
  user.devices.set(deviceId, device)
  return device
}

/**
 * CHOOSE: it is written down and has no further effect, for there are no rules to ask whether a device is
 * trusted; contract 9.
 */
export function invalidateDevice(user: Owner | undefined, deviceId: string, now: number): UserDevice {
  const device = user?.devices?.get(deviceId)
  if (device === undefined) throw notFound('device')
  device.invalidatedAt = now
  return device
}

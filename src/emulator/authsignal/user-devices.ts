/**
 * The browsers and apps that a user was seen on, by the ID that the backend or the browser sends.
 *
 * Phones that receive push challenges are authenticators, not these.
 */

import * as v from 'valibot'
import { notFound } from '../lib/errors.js'
import { maybe, Time } from '../lib/state.js'
import { Id, VerificationMethodName } from './fields.js'
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

/** A device in a snapshot. */
export const UserDeviceState = v.strictObject({
  deviceId: Id,
  createdAt: Time,
  authenticatedAt: maybe(Time),
  lastVerificationMethod: maybe(VerificationMethodName),
  invalidatedAt: maybe(Time),
})

interface Owner {
  devices?: UserDevice[]
}

const DEVICES_PER_USER = 100

/** The device of that ID, new when the user was not seen on it before. An empty ID names none. */
export function seenDevice(user: Owner, deviceId: string | undefined, now: number): UserDevice | undefined {
  if (!deviceId) return undefined
  user.devices ??= []
  const known = user.devices.find(device => device.deviceId === deviceId)
  if (known !== undefined) return known
  if (user.devices.length === DEVICES_PER_USER) user.devices.shift()
  const device = { deviceId, createdAt: now }
  user.devices.push(device)
  return device
}

/** Records that the backend no longer trusts the device. It has no further effect: the emulator has no rules. */
export function invalidateDevice(user: Owner | undefined, deviceId: string, now: number): UserDevice {
  const device = user?.devices?.find(each => each.deviceId === deviceId)
  if (device === undefined) throw notFound('device')
  device.invalidatedAt = now
  return device
}

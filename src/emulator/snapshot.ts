/**
 * Snapshots: the whole state of an emulator as JSON. Each part of the state is written and read where it is kept.
 */

import * as v from 'valibot'
import { type Keys, SigningKey } from './lib/keys.js'
import { problemOf } from './lib/problem.js'
import { maybe, type Stateful } from './lib/state.js'
import { version } from './options.js'

/**
 * The whole state of an emulator, as JSON: users, authenticators, actions, challenges, sessions, limits, messages,
 * outcomes, the clock and the signing key.
 *
 * It contains secrets: codes, refresh tokens, secrets of authenticator apps, and the key that signs tokens. Its parts
 * can differ from version to version; an emulator refuses a snapshot that it cannot read.
 */
export interface Snapshot {
  /** The format; increases when an older emulator could not read it. */
  readonly format: 1
  /** The version of the package that wrote it. */
  readonly version: string
  readonly [part: string]: unknown
}

export interface Snapshots {
  save(): Promise<Snapshot>
  /** Replaces the whole state. Rejects with a `TypeError` and changes nothing when the snapshot is not valid. */
  load(snapshot: unknown): Promise<void>
}

const FORMAT = 1

export function createSnapshots(parts: readonly Stateful[], keys: Keys): Snapshots {
  return {
    async save() {
      const signingKey = await keys.save()
      const state = Object.assign({}, ...parts.map(part => part.save()))
      // As text, because the state goes on to change.
      return JSON.parse(JSON.stringify({ format: FORMAT, version, ...state, signingKey }))
    },
    async load(snapshot) {
      const { signingKey, ...state } = read(snapshot)
      const useKey = signingKey && (await keys.read(signingKey).catch(refuseKey))
      for (const part of parts) part.load(state)
      useKey?.()
    },
  }

  function read(snapshot: unknown) {
    const schema = v.strictObject({
      format: v.literal(FORMAT, '1; another version of the emulator wrote this snapshot'),
      version: v.string(),
      ...Object.assign({}, ...parts.map(part => part.schema)),
      signingKey: maybe(SigningKey),
    })
    const result = v.safeParse(schema, snapshot, { abortEarly: true })
    if (!result.success) throw new TypeError(problemOf(result.issues[0], 'The snapshot'))
    return result.output
  }
}

function refuseKey(): never {
  throw new TypeError('signingKey must be an RSA private key')
}

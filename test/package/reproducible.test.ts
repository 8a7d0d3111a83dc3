/**
 * Whoever builds this version gets what is published, byte for byte.
 *
 * One build is `dist/`, which `npm test` has made; the other is made here, as far from it as can be.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { APP, filesIn, PACKAGE } from './packed.js'
import { pack, unpack } from './setup.js'

/** What is not in a fresh checkout, or has no part in the build. */
const LEFT_OUT = ['.git', 'dist', 'node_modules', 'test']

test('a clean build in another folder, time zone and language packs the same tarball', async () => {
  const checkout = join(APP, '..', 'another', 'checkout')
  mkdirSync(checkout, { recursive: true })
  for (const name of readdirSync('.'))
    if (!LEFT_OUT.includes(name)) cpSync(name, join(checkout, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'))

  // A link to the dependencies stands for the folder that `npm ci` would make.
  const rollup = [resolve('node_modules/rollup/dist/bin/rollup'), '-c', '--silent', '--preserveSymlinks']
  const env = { ...process.env, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
  await promisify(execFile)(process.execPath, rollup, { cwd: checkout, env })
  const tarball = pack(checkout, join(checkout, '..'))
  unpack(tarball, join(checkout, '..', 'unpacked'))

  // Of two tarballs that differ, the files tell more than the hash.
  expect(hashesOf(join(checkout, '..', 'unpacked'))).toEqual(hashesOf(PACKAGE))
  expect(hashOf(tarball)).toBe(hashOf(inject('tarball')))
})

const hashesOf = (folder: string) =>
  Object.fromEntries(filesIn(folder).map(file => [file, hashOf(join(folder, file))]))

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

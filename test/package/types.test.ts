/** The published types under each way to find them, by the oldest and the newest TypeScript. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { APP } from './packed.js'

const COMPILERS = ['typescript-oldest', 'typescript-newest'].map(name => {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`)
  const { version, bin } = JSON.parse(readFileSync(file, 'utf8'))
  return { version, tsc: join(dirname(file), bin.tsc) }
})
// `node16` finds the package as `nodenext` does.
const MODULES = {
  bundler: {
    module: 'ESNext',
    paths: { 'simplewebauthn-browser-13': [resolve('node_modules/simplewebauthn-browser-13')] },
  },
  nodenext: { module: 'NodeNext' },
}

const STRICTEST = {
  target: 'ES2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  // TypeScript's own declarations take longer than ours.
  skipDefaultLibCheck: true,
  declaration: true,
  noEmit: true,
}

/** What must compile and what must not: the same that the sources are tested with. */
const APPS = [
  'types/valid.ts',
  'types/invalid.ts',
  'types/declarations/exported.ts',
  'package/types/emulator.ts',
  'package/types/elements.ts',
]

/** The WebAuthn types and error of @simplewebauthn/browser 13 and 14, taken for ours, and the other way. */
const WEBAUTHN = 'types/webauthn.ts'

/** What code written for `@authsignal/browser` does with its types. */
const DROP_IN = ['drop-in.ts', 'drop-in-idioms.ts']

for (const { version, tsc } of COMPILERS) {
  test.each(Object.entries(MODULES))(
    `TypeScript ${version} compiles an app under %s`,
    async (moduleResolution, options) => {
      const folder = folderFor(`types-${version}-${moduleResolution}`)
      const files = moduleResolution === 'bundler' ? [...APPS, WEBAUTHN] : APPS
      for (const file of files) cpSync(join('test', file), join(folder, file))
      await expectToCompile(tsc, folder, {
        ...STRICTEST,
        ...options,
        moduleResolution,
        lib: ['ES2022', 'DOM'],
        types: [],
      })
    },
  )

  // That the original compiles them too is part of `npm run typecheck`.
  test(`TypeScript ${version} compiles each drop-in idiom`, async () => {
    const folder = folderFor(`drop-in-${version}`)
    for (const file of DROP_IN) cpSync(join('test/types', file), join(folder, file))
    await expectToCompile(tsc, folder, {
      target: 'ES2022',
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      module: 'ESNext',
      moduleResolution: 'bundler',
      types: [],
    })
  })
}

// The oldest TypeScript takes seconds for the types of Node.
test('the newest TypeScript compiles a test of a backend, which has the types of Node and of no page', async () => {
  const { tsc } = COMPILERS.at(-1)!
  const folder = folderFor('types-node')
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
  symlinkSync(resolve('node_modules/@types/node'), join(folder, 'node_modules/@types/node'), 'junction')
  writeFileSync(
    join(folder, 'backend.ts'),
    `import { createEmulator, listen } from 'authsignal-channels/emulator'
    export const emulator = createEmulator({ tenantId: 'acme' })
    export const url = async (): Promise<string> => (await listen(emulator, { port: 0 })).url`,
  )
  await expectToCompile(tsc, folder, { ...STRICTEST, module: 'NodeNext', lib: ['ES2022'], types: ['node'] })
})

function folderFor(name: string): string {
  const folder = join(APP, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

async function expectToCompile(tsc: string, folder: string, compilerOptions: object): Promise<void> {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder])
  const { stdout, stderr, code = 0 } = await run.catch(error => error)
  expect({ stdout, stderr, code }).toEqual({ stdout: '', stderr: '', code: 0 })
}

test('docs/compatibility.md names the oldest TypeScript that is tried', () => {
  const [, named] =
    readFileSync('docs/compatibility.md', 'utf8').match(/TypeScript (\d+\.\d+) or\s+newer/) ?? []
  expect(named).toBe(COMPILERS[0]!.version.split('.').slice(0, 2).join('.'))
})

/**
 * The blocks of code in the documentation, so that the tests compile and run what readers copy.
 *
 * A block has a marker above it: `<!-- file: src/form.ts -->` is a file of the reader, which tests call `guide/form`;
 * `<!-- run: name -->` is other code that a test runs, as `page/name`. An `<!-- aside -->` is an alternative to a line
 * of another block. Commands and headers need no marker.
 */
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { type Block as MarkedBlock, readBlocks } from '../../demo/examples/blocks.js'

/** Inside the package, so that the blocks find it by its name. */
export const CACHE = 'test/docs/.cache'

/** Every page that is written by hand. */
export const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `docs/${name}`),
  ...readdirSync('docs/guides')
    .sort()
    .map(name => `docs/guides/${name}`),
]

export interface Block extends MarkedBlock {
  readonly page: string
  /** What tests call it. */
  readonly name: string
}

export const blocksOf = (page: string): Block[] =>
  readBlocks(page).map(block => ({
    ...block,
    page,
    name: `${basename(page, '.md')}/${block.value.replace(/^src\/|\.\w+$/g, '')}`,
  }))

export const blocks = PAGES.filter(page => page === 'README.md' || page.startsWith('docs/')).flatMap(blocksOf)

export const runnable = blocks.filter(({ marker }) => marker === 'run' || marker === 'file')

export function block(name: string): Block {
  const found = runnable.find(block => block.name === name)
  if (!found) throw new Error(`No guide has a block "${name}"`)
  return found
}

/** Where the emulator is in the guides. */
const LOCAL = 'http://localhost:4010'

const bundle = (code: string, loader: 'ts' | 'tsx', options: BuildOptions) => {
  mkdirSync(CACHE, { recursive: true })
  return build({
    stdin: { contents: code, loader, resolveDir: resolve(CACHE) },
    bundle: true,
    // Otherwise esbuild follows the `paths` of this repository, to the sources.
    tsconfigRaw: {},
    ...options,
  })
}

/** Loads a block as it is written, but for the address of the emulator. */
export async function runBlock<Exports>(name: string, emulatorUrl = LOCAL): Promise<Exports> {
  const outfile = join(CACHE, `${name.replaceAll('/', '.')}.${new URL(emulatorUrl).port}.mjs`)
  const code = block(name).code.replaceAll(LOCAL, emulatorUrl)
  await bundle(code, 'ts', { outfile, packages: 'external', format: 'esm', platform: 'node' })
  return import(pathToFileURL(outfile).href)
}

/**
 * A block as a script for a page, which finds its exports as the global `guide`.
 *
 * @param source The name of the block, or code that was made of one.
 * @param options.emulatorUrl Where the emulator is. Default: as the guides have it.
 * @param options.more Code to put below it.
 */
export async function scriptOf(
  source: string | { readonly code: string },
  { emulatorUrl = LOCAL, more = '', minify = false } = {},
): Promise<string> {
  const { code } = typeof source === 'string' ? block(source) : source
  const { outputFiles } = await bundle((code + more).replaceAll(LOCAL, emulatorUrl), 'tsx', {
    write: false,
    format: 'iife',
    globalName: 'guide',
    jsx: 'automatic',
    minify,
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles![0]!.text
}

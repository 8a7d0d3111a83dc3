/** Takes the examples out of the README, so that the tests compile and run what readers copy. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Inside the package, so that the examples find it by its name. */
const FOLDER = 'test/readme/.cache'

const README = readFileSync('README.md', 'utf8')

/** The code below `<!-- example: name -->`. */
export function example(name: string): string {
  const [, code] =
    README.match(new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\\n\`\`\``)) ?? []
  if (!code) throw new Error(`The README has no example "${name}"`)
  return code
}

export const exampleNames = [...README.matchAll(/<!-- example: (\w+) -->\n```ts/g)].map(match => match[1]!)

/** How many fenced blocks of code a reader could copy, marked as an example or not. */
export const codeBlocks = README.match(/```(ts|js|html)\n/g)?.length ?? 0

export function writeExample(name: string): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${name}.ts`)
  writeFileSync(file, example(name))
  return file
}

/** Loads an example as written, but for the address of the emulator. */
export async function runExample<Exports>(name: string, emulatorUrl: string): Promise<Exports> {
  mkdirSync(FOLDER, { recursive: true })
  const outfile = join(FOLDER, `${name}.${new URL(emulatorUrl).port}.mjs`)
  await build({
    stdin: {
      contents: example(name).replaceAll('http://localhost:4010', emulatorUrl),
      loader: 'ts',
      resolveDir: FOLDER,
    },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  })
  return import(pathToFileURL(outfile).href)
}

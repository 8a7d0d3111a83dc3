/**
 * A seed in a file: `--seed`. JSON is read as YAML, of which it is a part, so that both have lines.
 */

import { readFile } from 'node:fs/promises'
import type { Path } from '../lib/problem.js'
import { type Seed, SeedError } from '../seed.js'

/** Reads a seed and passes it on. A mistake in it is reported with its line. */
export async function withSeed<Result>(file: string, use: (seed: Seed) => Result): Promise<Result> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`--seed ${file}: the file cannot be read (${error.code})`)
  })
  // Loaded only here: most emulators have no seed.
  const { isNode, LineCounter, parseDocument } = await import('./yaml.js')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [syntaxError] = document.errors
  if (syntaxError !== undefined) {
    const [problem = ''] = syntaxError.message.split(' at line ')
    throw mistake(file, lines.linePos(syntaxError.pos[0]).line, problem)
  }

  /** The line of a value, or of what lacks it. */
  function lineOf(path: Path): number {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1))
  }

  try {
    return use(document.toJS() ?? {})
  } catch (error) {
    if (error instanceof SeedError) throw mistake(file, lineOf(error.path), error.problem)
    throw error
  }
}

const mistake = (file: string, line: number, problem: string) =>
  new Error(`--seed ${file}, line ${line}: ${problem}`)

/** The blocks of code of a page in Markdown, each with the marker above it: `<!-- file: src/form.ts -->`. */
import { readFileSync } from 'node:fs'

export interface Block {
  /** The heading of level two that it is below; empty before the first one. */
  readonly section: string
  /** The word of the marker. */
  readonly marker: string | undefined
  /** What follows the word: the path of a file, or the name of other code. */
  readonly value: string
  readonly language: string
  readonly code: string
}

const PART = /^## (.*)$|(?:<!-- (\w+)(?:: (\S+))? -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm

/** In the order of the page. */
export function readBlocks(page: string): Block[] {
  const blocks: Block[] = []
  let section = ''
  for (const part of readFileSync(page, 'utf8').matchAll(PART)) {
    const [, heading, marker, value = '', language = '', code = ''] = part
    if (heading === undefined) blocks.push({ section, marker, value, language, code })
    else section = heading
  }
  return blocks
}

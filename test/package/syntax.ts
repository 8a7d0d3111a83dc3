/**
 * What a script contains, by its syntax instead of its text.
 *
 * @module
 */
import { type Node, parse } from 'acorn'

/** The language that the bundles are written in. `target` in rollup.config.mjs is the same. */
export const ECMASCRIPT = 2022

type AnyNode = Node & { readonly [property: string]: unknown }

/** Each node of a script. @throws {SyntaxError} When it is not in the language above. */
export function* nodesOf(code: string, sourceType: 'module' | 'script'): Generator<AnyNode> {
  const waiting: unknown[] = [parse(code, { ecmaVersion: ECMASCRIPT, sourceType, allowHashBang: true })]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (Array.isArray(next)) waiting.push(...next)
    if (!isNode(next)) continue
    yield next
    waiting.push(...Object.values(next))
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** What a module imports, at once or later. */
export function importsOf(code: string): string[] {
  const names = new Set<string>()
  for (const { type, source } of nodesOf(code, 'module')) {
    const imports = /^(Import|Export)/.test(type) && isNode(source)
    if (imports && typeof source.value === 'string') names.add(source.value)
  }
  return [...names].sort()
}

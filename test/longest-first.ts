/**
 * The order in which test files start: long ones first, so that at the end no core waits for the last one.
 *
 * Vitest knows how long a file took only after a first run, and not in a fresh checkout. And it gives a file to a new
 * worker, which loads everything again, when the one before is of another project or has another environment.
 */
import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Builds take longest, then pages. */
const PROJECTS = ['release', 'engines', 'package', 'browser', 'docs', 'bundle', 'contract', 'unit']

/** The longest files of their projects, longest first. */
const LONGEST = [
  'package/types',
  'package/bundlers',
  'package/reproducible',
  'package/binary',
  'package/next',
  'docs/first-mile-further.browser',
  'docs/first-mile-apps.browser',
  'browser/accessibility',
  'engines/launch',
  'engines/host-pages',
  'engines/faults',
  'engines/environment',
  'engines/driver',
  'engines/challenge',
  'engines/messages',
  'browser/scenarios-notp',
  'browser/scenarios-channels',
  'browser/scenarios-page',
  'browser/notp',
  'browser/inspector',
  'docs/reference',
  'bundle/leaks',
  'unit/elements/texts',
  'unit/emulator/tenants',
  'unit/emulator/abuse',
  'unit/emulator/snapshot',
].map(name => `/test/${name}.test.ts`)

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = (await super.sort(files)).map(file => ({ file, rank: rankOf(file) }))
    return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ file }) => file)
  }
}

/** What decides about a file, the most important first. */
function rankOf({ moduleId, project }: TestSpecification): readonly number[] {
  const place = LONGEST.findIndex(name => moduleId.endsWith(name))
  const isOfNode = /@vitest-environment node/.test(readFileSync(moduleId, 'utf8'))
  return [PROJECTS.indexOf(project.name), Number(isOfNode), place < 0 ? LONGEST.length : place]
}

const compare = (a: readonly number[], b: readonly number[]) =>
  a.map((rank, index) => rank - b[index]!).find(difference => difference !== 0) ?? 0

/**
 * How everything here is measured: the candidates take turns, so that whatever else the machine is doing
 * meets all of them alike.
 *
 * @module
 */

/** How long each round took for each candidate, in milliseconds; the entries of one index belong together. */
export type Times<Name extends string = string> = Record<Name, number[]>

/** How often to measure: as often as it takes, or `ROUNDS` times to see whether it works at all. */
export const rounds = (enough: number): number => Math.min(enough, Number(process.env.ROUNDS) || enough)

/**
 * Runs every candidate once a round, in random order.
 *
 * Pages have it as `interleave`, so it stands on its own.
 *
 * @param candidates What each takes is what it answers, in milliseconds.
 */
export async function interleave<Name extends string>(
  rounds: number,
  candidates: Record<Name, () => number | Promise<number>>,
): Promise<Times<Name>> {
  const names = Object.keys(candidates) as Name[]
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Times<Name>
  for (let round = 0; round < rounds; round++) {
    const order = names
      .map(name => ({ name, key: Math.random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ name }) => name)
    for (const name of order) times[name].push(await candidates[name]())
  }
  return times
}

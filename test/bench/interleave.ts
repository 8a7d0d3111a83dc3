/**
 * How the benchmarks measure: the candidates run alternately, so that other load on the machine affects all of
 * them equally.
 *
 * @module
 */

/** The time of each round for each candidate, in milliseconds. Entries with one index are of the same round. */
export type Times<Name extends string = string> = Record<Name, number[]>

/** How often to measure; `ROUNDS` sets it, for example to a small number for a trial run. */
export const rounds = (enough: number): number => Math.min(enough, Number(process.env.ROUNDS) || enough)

/**
 * Runs every candidate once a round, in random order.
 *
 * Pages have it as `interleave`, so it uses nothing outside of itself.
 *
 * @param candidates Each returns its time, in milliseconds.
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

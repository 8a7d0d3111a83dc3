/**
 * What 500 launches leave on the page: listeners, nodes, memory.
 *
 * @module
 */
import { rounds } from './interleave.js'
import { ORIGINAL, type Result } from './result.js'
import type { Stage } from './stage.js'
import { median } from './statistics.js'

/** Launches between two measurements, and the number of measurements. */
const LAUNCHES = 100
const LOOKS = 5

/** Each with the highest growth per launch that counts as flat: zero, apart from noise. */
const KINDS = [
  { kind: 'listeners', name: 'Listeners left by each of 500 launches', unit: '', limit: 0.01 },
  { kind: 'nodes', name: 'Nodes left by each of 500 launches', unit: '', limit: 0.01 },
  { kind: 'heap', name: 'Heap left by each of 500 launches', unit: ' kB', limit: 0.1 },
] as const

/** Counted after garbage collection: one number per measurement, the first before any launch. */
interface Counts {
  readonly listeners: number[]
  readonly nodes: number[]
  /** In kB. */
  readonly heap: number[]
}

export async function measureLeftovers(stage: Stage): Promise<Result[]> {
  const launches = rounds(LAUNCHES)
  // Time is not measured here, so both run at once.
  const [original, ours] = await Promise.all([
    countWhileLaunching(stage, 'original', launches),
    countWhileLaunching(stage, 'ours', launches),
  ])
  return KINDS.map(({ kind, name, unit, limit }) => {
    const perLaunch = (counts: Counts) => growth(counts[kind]) / launches
    const inWords = (counts: Counts) => `${Number(Math.max(0, perLaunch(counts)).toFixed(2))}${unit}`
    return {
      name,
      ours: inWords(ours),
      other: { name: ORIGINAL, value: inWords(original) },
      goal: { text: 'flat', isMet: perLaunch(ours) < limit },
      series: { ours: ours[kind], other: original[kind] },
    }
  })
}

/** The median growth between two measurements; the first launches, which warm up, are not counted. */
function growth(counts: readonly number[]): number {
  return median(counts.slice(1).map((count, look) => count - counts[look]!))
}

async function countWhileLaunching(
  stage: Stage,
  name: 'original' | 'ours',
  launches: number,
): Promise<Counts> {
  const page = await stage.openApp()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const counts: Counts = { listeners: [], nodes: [], heap: [] }

  const count = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const value = (name: string) => metrics.find(metric => metric.name === name)!.value
    counts.listeners.push(value('JSEventListeners'))
    counts.nodes.push(value('Nodes'))
    counts.heap.push(value('JSHeapUsedSize') / 1000)
  }

  await count()
  for (let look = 0; look < LOOKS; look++) {
    await page.evaluate(
      async ({ name, launches, url }) => {
        for (let i = 0; i < launches; i++) {
          const { token } = await window.clients[name].launch(url, { mode: 'popup' })
          if (!token) throw new Error('There was no token')
        }
        while (document.querySelector('#__authsignal-popup-container')) {
          await new Promise(resolve => requestAnimationFrame(resolve))
        }
      },
      { name, launches, url: stage.hostedUrl },
    )
    await count()
  }
  await page.context().close()
  return counts
}

/** Ends the run with one plain line, for people and scripts: `12 passed, 0 failed`. */
import type { Reporter, TestModule } from 'vitest/node'

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      for (const test of tests) count[test.result().state]++
      // A file that could not be loaded has no tests to fail.
      if (module.state() === 'failed' && !tests.some(test => test.result().state === 'failed')) count.failed++
    }
    const skipped = count.skipped + count.pending
    // After the summary of the default reporter.
    process.on('exit', () => {
      console.log(`${count.passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
    })
  }
}

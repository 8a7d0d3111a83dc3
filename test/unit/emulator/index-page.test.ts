// @vitest-environment node
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { expect, test } from 'vitest'

test('without a build, / is a page that tools can wait for, and that leads to the inbox', async () => {
  const { url, close } = await listen(createEmulator(), { port: 0 })
  const response = await fetch(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  const page = await response.text()
  expect(page).not.toMatch(/<script|<style| style=|demo-secret/)
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, path]) => path!)
  expect(links).toEqual(['/emulator/messages', '/emulator/health'])
  for (const path of links) expect((await fetch(new URL(path, url))).status).toBe(200)

  for (const path of ['/emulator', '/emulator/']) {
    const other = await fetch(new URL(path, url))
    expect(await other.text()).toBe(page)
  }

  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  await close()
})

test('/ can be read by no page of another origin', async () => {
  const { headers } = await createEmulator().fetch('/', { headers: { Origin: 'https://evil.example' } })
  expect(headers.has('Access-Control-Allow-Origin')).toBe(false)
})

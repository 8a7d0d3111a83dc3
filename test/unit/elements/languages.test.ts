import { afterEach, describe, expect, test, vi } from 'vitest'
import { addLanguage, choose, wantedAt } from '../../../src/elements/challenge/wording/languages.js'
import { failure, fakeClient, mount } from './harness.js'
import { enrolledBy, SMS } from './sessions.js'

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('lang')
})

const isLoaded = (tag: string) => choose([tag]).load !== undefined

describe('choose()', () => {
  test.each([
    ['de', 'de'],
    ['de-CH', 'de-CH'],
    ['pt-BR', 'pt-BR'],
    ['zh', 'zh'],
    ['zh-CN', 'zh-CN'],
    ['zh-Hans-CN', 'zh-Hans-CN'],
    ['ZH-hans', 'zh-Hans'],
    ['ar-EG-u-nu-latn', 'ar-EG'],
  ])('takes the texts of %s, and keeps the region', (wanted, tag) => {
    expect(choose([wanted]).tag).toBe(tag)
    expect(isLoaded(wanted)).toBe(true)
  })

  test.each(['xx', 'zh-TW', 'zh-Hant', 'zh-HK', 'not a tag', 'e', '', 'constructor'])(
    'takes English for %j',
    wanted => {
      expect(choose([wanted])).toEqual({ tag: 'en' })
    },
  )

  test('needs nothing for English, of whatever region', () => {
    expect(choose(['en-GB'])).toEqual({ tag: 'en-GB', load: undefined })
  })

  test('takes the first language that there are texts for', () => {
    expect(choose(['xx', 'zh-TW', 'nl-BE', 'de']).tag).toBe('nl-BE')
    expect(choose([]).tag).toBe('en')
  })
})

describe('wantedAt()', () => {
  function at(html: string) {
    document.body.innerHTML = html
    return document.querySelector('#here')!
  }

  test('takes the own attribute, then that of the closest element around it', () => {
    document.documentElement.lang = 'fr'
    expect(wantedAt(at('<p lang="ja"><b lang="nl" id="here"></b></p>'))).toEqual(['nl'])
    expect(wantedAt(at('<p lang="ja"><b id="here"></b></p>'))).toEqual(['ja'])
    expect(wantedAt(at('<b id="here"></b>'))).toEqual(['fr'])
  })

  test('takes the attribute around a shadow tree', () => {
    const host = at('<p lang="ja"><b id="here"></b></p>')
    const inside = document.createElement('i')
    host.attachShadow({ mode: 'open' }).append(inside)
    expect(wantedAt(inside)).toEqual(['ja'])
  })

  test('takes the languages of the browser when the page does not say one', () => {
    const node = at('<b id="here" lang=""></b>')
    expect(wantedAt(node)).toEqual([...navigator.languages])
  })
})

test('addLanguage() adds a language, and refuses what is not a tag', async () => {
  expect(choose(['pl']).tag).toBe('en')
  addLanguage('pl', async () => ({ default: { cancel: 'Anuluj' } }))
  expect(choose(['pl-PL']).tag).toBe('pl-PL')
  expect(() => addLanguage('not a tag', async () => ({ default: {} }))).toThrow(
    '"tag" must be a language tag',
  )
})

describe('a challenge', () => {
  async function open({ lang = '', ...input }: { lang?: string; messages?: Record<string, string> } = {}) {
    const client = fakeClient(enrolledBy(SMS))
    client.sms.challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 151 }))
    document.documentElement.lang = lang
    const { node, challenge, onReady, onScreen } = mount(client, input)
    await vi.waitFor(() => expect(onReady).toHaveBeenCalledOnce())
    await vi.waitFor(() => expect(node.textContent).toContain(':31'))
    return { node, challenge, client, onScreen, title: () => node.querySelector('h1')?.textContent }
  }

  test('is in the language of the page, with its direction', async () => {
    const { node, title, onScreen } = await open({ lang: 'ar' })
    expect(title()).toBe('أدخل الرمز')
    expect(node.firstElementChild).toMatchObject({ lang: 'ar', dir: 'rtl' })
    expect(onScreen).toHaveBeenCalledExactlyOnceWith({
      name: 'code',
      title: 'أدخل الرمز',
      lang: 'ar',
      dir: 'rtl',
    })
    expect(node.textContent).toContain('خلال 3 دقائق')
  })

  test('has the direction of its own attribute, which can change', async () => {
    const { node, onScreen } = await open({ lang: 'de' })
    const root = node.firstElementChild as HTMLElement
    node.dir = 'rtl'
    await vi.waitFor(() => expect(root.dir).toBe('rtl'))
    expect(onScreen.mock.lastCall![0]).toMatchObject({ lang: 'de', dir: 'rtl' })
    node.lang = 'fr'
    await vi.waitFor(() => expect(root).toMatchObject({ lang: 'fr', dir: 'rtl' }))
    node.dir = 'auto'
    await vi.waitFor(() => expect(root.dir).toBe('ltr'))
  })

  test('keeps the own direction of the texts of the app', async () => {
    const { node, challenge } = await open({ lang: 'ar' })
    challenge.setAppearance({ brand: { name: 'Acme!' }, action: 'Send payment to Acme, $120.' })
    const isolated = [...node.querySelectorAll('bdi')].map(({ textContent }) => textContent)
    expect(isolated).toEqual(['Acme!', 'Send payment to Acme, $120.'])
  })

  test('changes its language at once, and keeps what was entered, the countdown and the focus', async () => {
    const { node, client, title, onScreen } = await open({ lang: 'de' })
    const input = node.querySelector('input')!
    input.value = '123'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    expect(document.activeElement).toBe(input)

    node.lang = 'fr'
    await vi.waitFor(() => expect(title()).toBe('Saisissez le code'))
    expect(node.querySelector('input')).toBe(input)
    expect(input.value).toBe('123')
    expect(document.activeElement).toBe(input)
    expect(node.textContent).toMatch(/Renvoyer le code dans 2:\d\d/)
    expect(node.textContent).toContain('Vous pourrez en demander un nouveau dans 3 minutes')
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    expect(onScreen.mock.lastCall![0]).toMatchObject({ title: 'Saisissez le code', lang: 'fr' })
  })

  test('follows the page, until it is unmounted', async () => {
    const { challenge, title, onScreen } = await open({ lang: 'de' })
    document.documentElement.lang = 'nl-BE'
    await vi.waitFor(() => expect(title()).toBe('Vul de code in'))
    challenge.unmount()
    onScreen.mockClear()
    document.documentElement.lang = 'de'
    await new Promise(resolve => setTimeout(resolve))
    expect(onScreen).not.toHaveBeenCalled()
  })

  test('is in English when the language cannot be loaded', async () => {
    addLanguage('cs', () => Promise.reject(new Error('offline')))
    const { node, title } = await open({ lang: 'cs' })
    expect(title()).toBe('Enter the code')
    expect(node.firstElementChild).toMatchObject({ lang: 'en', dir: 'ltr' })
  })

  test('shows the language that is wanted last, even when an earlier one loads later', async () => {
    let load = (_: { default: object }) => {}
    addLanguage('sk', () => new Promise(resolve => (load = resolve)))
    const { node, title } = await open({ lang: 'de' })
    node.lang = 'sk'
    await Promise.resolve()
    node.lang = 'it'
    await vi.waitFor(() => expect(title()).toBe('Inserisci il codice'))
    load({ default: { 'code.title': 'Zadajte kód' } })
    await new Promise(resolve => setTimeout(resolve))
    expect(title()).toBe('Inserisci il codice')
  })

  test('has the own texts of the app in every language, which can change', async () => {
    const { node, challenge, title } = await open({
      lang: 'de',
      messages: { 'code.title': 'Nur noch ein Code' },
    })
    expect(title()).toBe('Nur noch ein Code')
    expect(node.querySelector('form > button')?.textContent).toBe('Weiter')
    challenge.setMessages({ continue: 'Bestätigen' })
    await vi.waitFor(() => expect(title()).toBe('Code eingeben'))
    expect(node.querySelector('form > button')?.textContent).toBe('Bestätigen')
    node.lang = 'fr'
    await vi.waitFor(() => expect(title()).toBe('Saisissez le code'))
    expect(node.querySelector('form > button')?.textContent).toBe('Bestätigen')
  })
})

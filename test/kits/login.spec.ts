/** What a test says with the kit. Each of these runs beside the others, on the same phone number. */
import { expect, type TestAuthsignal, test } from 'authsignal-channels/testing/playwright'

const PHONE = '+64210000001'
const EMAIL = 'jane@example.com'

test.beforeEach(async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('status')).toHaveText('Ready')
})

for (const [method, options] of [
  ['sms', { sms: PHONE }],
  ['whatsapp', { whatsapp: PHONE }],
  ['email', { email: EMAIL }],
  ['totp', { totp: true }],
] as const)
  test(`a code of ${method} pays`, async ({ page, authsignal }) => {
    const jane = await authsignal.user('jane', options)
    await page.getByRole('button', { name: method, exact: true }).click()
    await page.getByLabel('Code').fill(await jane[method].code())
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByRole('status')).toHaveText('Paid')
  })

test('a link by e-mail pays', async ({ page, context, authsignal }) => {
  const jane = await authsignal.user('jane', { magicLink: EMAIL })
  await page.getByRole('button', { name: 'emailML' }).click()
  const mail = await context.newPage()
  await mail.goto(await jane.email.link())
  await mail.getByRole('button').click()
  await expect(page.getByRole('status')).toHaveText('Paid')
})

test('a push request pays, or not', async ({ page, authsignal }) => {
  const jane = await authsignal.user('jane', { push: true })
  await page.getByRole('button', { name: 'push' }).click()
  await jane.push.approve()
  await expect(page.getByRole('status')).toHaveText('Paid')
  await page.getByRole('button', { name: 'push' }).click()
  await jane.push.reject()
  await expect(page.getByRole('status')).toHaveText('Not paid: refused')
})

test('a passkey pays', async ({ page, authsignal }) => {
  await authsignal.user('jane', { passkey: true })
  await page.getByRole('button', { name: 'passkey' }).click()
  await expect(page.getByRole('status')).toHaveText('Paid')
})

test('a QR code that the phone scans pays', async ({ page, authsignal }) => {
  const jane = await authsignal.user('jane', { push: true })
  await page.getByRole('button', { name: 'qrCode' }).click()
  await jane.scanQr(page)
  await expect(page.getByRole('status')).toHaveText('Paid')
})

test('the hosted page pays', async ({ page, authsignal }) => {
  const jane = await authsignal.user('jane', { sms: PHONE })
  await page.getByRole('button', { name: 'hosted' }).click()
  const hosted = page.getByRole('dialog').locator('iframe').contentFrame()
  await hosted.getByLabel('6-digit code').fill(await jane.sms.code())
  await expect(page.getByRole('status')).toHaveText('Paid')
})

const send = async (page: import('@playwright/test').Page, authsignal: TestAuthsignal) => {
  await authsignal.user('jane', { sms: PHONE })
  await page.getByRole('button', { name: 'sms' }).click()
}

test('a network that fails is reported, once', async ({ page, authsignal }) => {
  await authsignal.fail('challenge', 'network')
  await send(page, authsignal)
  await expect(page.getByRole('status')).toHaveText('Not sent: network_error')
  await page.getByRole('button', { name: 'sms' }).click()
  await expect(page.getByRole('status')).toHaveText('Enter the code')
})

test('eleven minutes later the code is too old', async ({ page, authsignal }) => {
  await send(page, authsignal)
  await expect(page.getByRole('status')).toHaveText('Enter the code')
  await authsignal.advance('11 minutes')
  await page.getByLabel('Code').fill('123456')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('status')).toHaveText('Not paid: expired_token')
})

test('a blocked payment sends nothing', async ({ page, authsignal }) => {
  await authsignal.decide('pay', 'BLOCK')
  await send(page, authsignal)
  await expect(page.getByRole('status')).toHaveText('BLOCK')
})

/** A service with options of its own, which needs a worker of its own. */
import { expect, test } from 'authsignal-channels/testing/playwright'

test.use({ authsignalTenant: { hostedUi: { brand: { name: 'Acme' }, lang: 'de' } } })

test('the hosted page has the brand and the language of the tenant', async ({ page, authsignal }) => {
  const jane = await authsignal.user('jane', { sms: '+64210000001' })
  await page.goto('/')
  await page.getByRole('button', { name: 'hosted' }).click()
  const hosted = page.getByRole('dialog').locator('iframe').contentFrame()
  await expect(hosted.getByText('Acme')).toBeVisible()
  await expect(hosted.getByRole('heading')).toHaveText('Code eingeben')
  await hosted.getByRole('textbox').fill(await jane.sms.code())
  await expect(page.getByRole('status')).toHaveText('Paid')
})

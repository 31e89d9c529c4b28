// Apps: made with a key whose secret is shown, given codes, and deleted.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPage, launch, looks, open, signIn } from './browser'
import { type Gateway, start } from './gateway'
import { post } from './rest'

const [english] = looks as [(typeof looks)[0]]
let gateway: Gateway
let browser: Browser
let page: Page
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([start(), launch()])
  page = await open(browser, english)
  await signIn(page, gateway)
})
afterAll(async () => {
  await browser?.close()
  await gateway?.stop()
})

const dialog = () => page.getByRole('dialog')
const secret = () => dialog().locator('code').last().innerText()

test('an app is made, and its secret is shown with it', async () => {
  await page.goto(`${gateway.console}/apps`)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByLabel('Name', { exact: true }).fill('tea house?')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.locator('.ant-form-item-explain-error').first().waitFor()
  await page.getByLabel('Name', { exact: true }).fill('tea_house')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await dialog().getByRole('button', { name: 'I have copied it' }).hover()
  expect(await secret()).toMatch(/^[0-9a-f]{32}$/)
  await checkPage(page, 'app-secret', english)
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('heading', { name: 'tea_house' }).waitFor()
  await checkPage(page, 'app', english)
})

test('its last key stays, a further one goes', async () => {
  const keys = page.getByRole('region', { name: 'Keys' })
  const remove = keys.getByRole('button', { name: 'Delete' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await keys.getByRole('button', { name: 'Add key' }).click()
  await dialog().getByLabel('AppSecret').fill('short')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await dialog().locator('.ant-form-item-explain-error').waitFor()
  await dialog().getByLabel('AppKey').fill('tea-house-key')
  await dialog().getByLabel('AppSecret').fill('a-secret-of-our-own')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await dialog().getByRole('button', { name: 'I have copied it' }).waitFor()
  expect(await secret()).toBe('a-secret-of-our-own')
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
  const row = keys.getByRole('row', { name: /tea-house-key/ })
  await row.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await row.waitFor({ state: 'detached' })
})

test('a reset secret is another one, and can be seen again', async () => {
  const keys = page.getByRole('region', { name: 'Keys' })
  await keys.getByRole('button', { name: 'Show secret' }).click()
  await dialog().getByText('The audit trail remembers that you saw it.').waitFor()
  const before = await secret()
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
  await keys.getByRole('button', { name: 'Reset secret' }).click()
  await dialog().getByText('The old secret is refused at once.').waitFor()
  await checkPage(page, 'app-reset', english)
  await dialog().getByRole('button', { name: 'Reset secret' }).click()
  await dialog().getByText('Copy it now').waitFor()
  expect(await secret()).toMatch(/^[0-9a-f]{32}$/)
  expect(await secret()).not.toBe(before)
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
})

test('codes are drawn or chosen', async () => {
  const codes = page.getByRole('region', { name: 'AppCodes' })
  await codes.getByRole('button', { name: 'Add AppCode' }).click()
  await dialog().getByLabel('AppCode').fill('a-code-of-our-own')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await dialog().getByRole('button', { name: 'I have copied it' }).waitFor()
  expect(await secret()).toBe('a-code-of-our-own')
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
  await codes.getByText('a-c…').waitFor()
  await codes.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await codes.getByText('This app has no AppCode.').waitFor()
})

test('it is copied as a document, found by name and deleted', async () => {
  await page.getByRole('button', { name: 'Copy as YAML' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kind: app\nname: tea_house\n')
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/paifang sign --management --curl -X GET 'http:.*\/api\/v1\/apps\/[0-9a-f]{32}'/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('tea')
  await page.getByRole('option', { name: 'tea_house' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Delete' }).last().waitFor()
  await page.goto(`${gateway.console}/apps?search=tea`)
  await page.getByRole('button', { name: 'Delete' }).last().click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nothing matches these filters').waitFor()
})

test('several are deleted at once', async () => {
  await post(page, '/apps', { name: 'one_app' })
  await post(page, '/apps', { name: 'two_app' })
  await page.goto(`${gateway.console}/apps`)
  const all = page.getByRole('checkbox', { name: 'Select all' })
  await page.getByRole('link', { name: 'one_app' }).waitFor()
  await all.check()
  await page.getByText('2 selected').waitFor()
  await page.getByRole('button', { name: 'Delete' }).first().click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await page.getByText('An app is somebody who calls').waitFor()
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const { id } = await post(page, '/apps', { name: `app_${look.theme}`, description: 'Our first partner' })
  await post(page, `/apps/${id}/codes`, {})
  const other = await open(browser, look)
  await signIn(other, gateway)
  await other.goto(`${gateway.console}/apps`)
  await other.getByRole('link', { name: `app_${look.theme}` }).waitFor()
  await checkPage(other, 'apps', look)
  await other.getByRole('link', { name: `app_${look.theme}` }).click()
  await other.getByRole('heading', { name: `app_${look.theme}` }).waitFor()
  await checkPage(other, 'app-overview', look)
  await other.goto(`${gateway.console}/apps/new`)
  await other.locator('form').waitFor()
  await checkPage(other, 'app-new', look)
  await other.context().close()
})

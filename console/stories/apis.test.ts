// The HTTP chapter of the quick start: an API in four steps, published, debugged, called; then changed, published,
// compared and rolled back, taken offline and deleted.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backend, startBackend } from './backend'
import { checkPage, launch, looks, open, signIn } from './browser'
import { shell } from './call'
import { type Gateway, start } from './gateway'

let gateway: Gateway
let browser: Browser
let backend: Backend
let page: Page
const look = looks[0]!
const button = (name: string) => page.getByRole('button', { name, exact: true })
const clipboard = () => page.evaluate(() => navigator.clipboard.readText())

beforeAll(async () => {
  ;[gateway, browser, backend] = await Promise.all([start(), launch(), startBackend()])
  page = await open(browser, look)
  await signIn(page, gateway)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([gateway?.stop(), backend?.stop()])
})

test('without a group the button says what is missing', async () => {
  await page.goto(`${gateway.console}/apis`)
  await page.getByRole('button', { name: 'Create API' }).hover()
  await page.getByText('An API belongs to a group; make a group first').waitFor()
})

test('a group is made', async () => {
  await page.goto(`${gateway.console}/groups/new`)
  await page.getByLabel('Name', { exact: true }).fill('testAppkeyGroup')
  await button('Create').click()
  await page.getByRole('heading', { name: 'testAppkeyGroup' }).waitFor()
})

test('an API is made in four steps', async () => {
  await page.goto(`${gateway.console}/apis/new`)
  await page.getByLabel('Name', { exact: true }).fill('testAppkeyApi')
  await page.getByText('None', { exact: true }).first().click()
  await checkPage(page, 'api-basic', look)
  await button('Next').click()
  await page.getByLabel('Path', { exact: true }).fill('/web/cloudapi/[id]')
  await button('Declare id of the path').click()
  await page.getByRole('button', { name: 'Rules' }).click()
  await page.getByLabel('Smallest value').fill('1')
  await checkPage(page, 'api-request', look)
  await button('Next').click()
  await page.getByLabel('Backend address').fill(backend.url)
  await page.getByLabel('Backend path').fill('/web/[id]')
  await button('Map all request parameters').click()
  await page.getByRole('button', { name: 'Add a backend parameter' }).click()
  await page.getByLabel('Backend parameter', { exact: true }).last().fill('x-source')
  await page.getByLabel('Comes from').last().click()
  await page.locator('.ant-select-item-option', { hasText: 'Constant' }).last().click()
  await page.getByLabel('Value', { exact: true }).last().fill('gateway')
  await checkPage(page, 'api-backend', look)
  await button('Next').click()
  await page.getByLabel('Content type', { exact: true }).fill('application/json')
  await checkPage(page, 'api-response', look)
  await button('Create').click()
})

test('the complaint opens the step and the rules of the parameter it is about', async () => {
  // A text has no smallest value: the gateway says so at that field, two steps back.
  await page.getByText('only a number has a smallest and a largest value').waitFor()
  expect(await page.getByLabel('Smallest value').isVisible()).toBe(true)
  await checkPage(page, 'api-complaint', look)
  await page.getByRole('combobox', { name: 'Type', exact: true }).click()
  await page.locator('.ant-select-item-option', { hasText: /^int$/ }).click()
  for (let step = 0; step < 2; step += 1) await button('Next').click()
  await button('Create').click()
  await page.getByRole('heading', { name: 'testAppkeyApi' }).waitFor()
  await page.getByText('It is not published yet').waitFor()
  await checkPage(page, 'api-overview', look)
})

test('publishing says what it does, and on how many nodes it is live', async () => {
  await button('Publish').click()
  await page.getByText('Nothing serves there yet').waitFor()
  await page.getByLabel('Remark').fill('first')
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Version 1 is published to RELEASE · Live on 1 of 1 nodes').waitFor()
  await checkPage(page, 'api-published', look)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
})

test('the copied line calls it', async () => {
  await page.getByRole('button', { name: 'Copy as curl' }).first().click()
  const answer = await shell((await clipboard()).replace('[id]', '7'))
  expect(answer).toContain('200')
  expect(answer).toContain('"url":"/web/7"')
  expect(answer).toContain('"source":"gateway"')
  await page.getByRole('button', { name: 'Copy as YAML' }).click()
  const text = await clipboard()
  expect(text).toContain('kind: api\ngroup: alibaba/testAppkeyGroup\nname: testAppkeyApi')
  expect(text).toContain('stages:\n  - RELEASE')
})

test('it is debugged: as sent, answer, timeline', async () => {
  await page.getByRole('tab', { name: 'Debug' }).click()
  await page.getByLabel('Path parameters: id').fill('12')
  await button('Send request').click()
  await page.getByRole('region', { name: 'Answer' }).getByText('"url":"/web/12"').waitFor()
  await page.getByRole('region', { name: 'What the gateway decided' }).getByText('version 1 in stage RELEASE').waitFor()
  await checkPage(page, 'api-debug', look)
  await page.getByLabel('Path parameters: id').fill('0')
  await button('Send request').click()
  await page.getByRole('region', { name: 'Answer' }).getByText('400', { exact: true }).waitFor()
})

test('a change is compared with what is live before it goes there', async () => {
  await button('Edit').click()
  await button('Next').click()
  await button('Next').click()
  await page.getByLabel('Backend path').fill('/second/[id]')
  await button('Save').click()
  await page.getByRole('heading', { name: 'testAppkeyApi', exact: true }).waitFor()
  await button('Publish').click()
  await page.getByText('1 difference to what is live').waitFor()
  await page.getByText('+ /second/[id]').waitFor()
  await checkPage(page, 'api-publish', look)
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Version 2 is published to RELEASE · Live on 1 of 1 nodes').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
})

test('history compares versions, and rolls back', async () => {
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('row', { name: /first/ }).waitFor()
  await checkPage(page, 'api-history', look)
  for (const box of await page.locator('tbody tr.ant-table-row input[type=checkbox]').all()) await box.check()
  await button('Compare').click()
  await page.getByText('Version 1 and version 2').waitFor()
  expect(page.url()).toContain('from=')
  await page.getByText('+ /second/[id]').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: /first/ }).getByRole('button', { name: 'Switch to it' }).click()
  await page.getByText('+ /web/[id]').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Switch to it' }).click()
  await page.getByText('Version 1 is published to RELEASE · Live on 1 of 1 nodes').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Copy as curl' }).first().click()
  expect(await shell((await clipboard()).replace('[id]', '7'))).toContain('"url":"/web/7"')
})

test('what is online is not deleted; many are taken offline and deleted at once', async () => {
  await page.getByRole('button', { name: 'Delete' }).first().hover()
  await page.getByText('It is online in RELEASE; take it offline there first').waitFor()
  await page.goto(`${gateway.console}/apis?search=testApp`)
  await page.locator('tbody tr.ant-table-row input[type=checkbox]').first().check()
  await button('Take offline').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type DELETE to confirm').fill('DELETE')
  await checkPage(page, 'api-bulk', look)
  await dialog.getByRole('button', { name: 'Take offline' }).click()
  await page.getByText('1 of 1 done').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.locator('tbody tr.ant-table-row input[type=checkbox]').first().check()
  await page.getByRole('search').waitFor()
  await button('Delete').first().click()
  await dialog.getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('1 of 1 done').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('Nothing matches these filters').waitFor()
})

// From an empty gateway to a call that is answered and seen.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backend, startBackend } from './backend'
import { checkPage, launch, looks, open } from './browser'
import { shell } from './call'
import { type Gateway, PASSWORD, start } from './gateway'

let gateway: Gateway
let browser: Browser
let backend: Backend
beforeAll(async () => {
  ;[gateway, browser, backend] = await Promise.all([start(), launch(), startBackend()])
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([gateway?.stop(), backend?.stop()])
})

test('an address, a button, a line; the call is seen arriving', async () => {
  const page = await open(browser, looks[0]!)
  await page.goto(`${gateway.console}/`)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { name: 'First call' }).waitFor()
  await checkPage(page, 'start', looks[0]!)
  await page.getByLabel('Its address').fill('nonsense')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Make it callable' }).click()
  await page.getByText('is not a backend address').first().waitFor()
  await page.getByLabel('Its address').fill(backend.url)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Make it callable' }).click()
  await page.getByText('Waiting for your call').waitFor()
  const line = await page.getByTestId('curl').innerText()
  expect(await shell(line)).toContain('"url":"/"')
  await page.getByText('1 call arrived').waitFor()
  await page.getByText('answered with 2xx by the backend').waitFor()
  await page.getByRole('region', { name: /How the gateway decides/ }).getByText('API `first_api`').waitFor()
  await checkPage(page, 'start-arrived', looks[0]!)
  await page.context().close()
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const page = await open(browser, look)
  await page.goto(`${gateway.console}/start`)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.locator('form input[type=radio]').last().check()
  await page.locator('form button[type=submit]').click()
  await page.getByTestId('curl').waitFor()
  await shell(await page.getByTestId('curl').innerText())
  await page.locator('.ant-timeline').waitFor()
  await checkPage(page, 'start-mock', look)
  await page.goto(`${gateway.console}/apis/new`)
  await page.locator('form').waitFor()
  await checkPage(page, 'api-new', look)
  await page.locator('.ant-steps-item').nth(1).click()
  await checkPage(page, 'api-new-request', look)
  await page.locator('.ant-steps-item').nth(2).click()
  await checkPage(page, 'api-new-backend', look)
  await page.goto(`${gateway.console}/apis`)
  await page.getByRole('link', { name: 'first_api' }).click()
  await page.getByRole('tab').nth(1).waitFor()
  await checkPage(page, 'api', look)
  await page.getByRole('tab').nth(1).click()
  await page.locator('form button[type=submit]').click()
  await page.locator('.ant-timeline').waitFor()
  await checkPage(page, 'debug', look)
  await page.getByRole('tab').nth(2).click()
  await page.locator('tbody tr.ant-table-row').first().waitFor()
  await checkPage(page, 'history', look)
  await page.context().close()
})

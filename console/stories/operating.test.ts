// What operators look at: quotas, the audit trail and nodes.
import { afterAll, expect, test } from 'vitest'
import { begin, checkPage, looks, open, signIn } from './browser'
import { post } from './rest'

const [english] = looks as [(typeof looks)[0]]
const { gateway, browser, page, end } = await begin(english)
afterAll(end)

const dialog = () => page.getByRole('dialog')

test('a quota is changed within its range, and given back to the profile', async () => {
  await post(page, '/apps', { name: 'tea_house' })
  await page.goto(`${gateway.console}/quotas?search=all.apps`)
  const row = page.getByRole('row', { name: /all\.apps/ })
  await row.getByText('1 objects').waitFor()
  expect(await row.getByRole('button', { name: 'Back to profile' }).getAttribute('aria-disabled')).toBe('true')
  await row.getByRole('button', { name: 'Change' }).click()
  await dialog().getByRole('spinbutton').fill('99999999')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().locator('.ant-form-item-explain-error').waitFor()
  await checkPage(page, 'quota-complaint', english)
  await dialog().getByRole('spinbutton').fill('2')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await row.getByText('2 objects').waitFor()
  await row.getByText(/^admin, /).waitFor()
  await page.goto(`${gateway.console}/quotas?source=changed`)
  await page.getByText('1 in all').waitFor()
  await page.getByRole('button', { name: 'Back to profile' }).click()
  await page.getByText('Nothing matches these filters').waitFor()
})

test('the audit trail is filtered, paged and read in detail', async () => {
  for (let n = 0; n < 55; n++) await post(page, '/apps', { name: `app_${n}` })
  await page.goto(`${gateway.console}/audit?action=app:create`)
  await page.getByRole('button', { name: 'Show detail' }).first().click()
  await page.getByLabel('Detail', { exact: true }).getByText('"outcome": "done"').waitFor()
  await checkPage(page, 'audit-detail', english)
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.waitForURL(/cursor=/)
  await page.getByRole('button', { name: 'First page' }).click()
  await page.waitForURL((url) => !url.search.includes('cursor'))
  await page.getByLabel('User', { exact: true }).fill('nobody')
  await page.waitForURL(/actor=nobody/)
  await page.getByText('Nothing matches these filters').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'quota:reset' }).or(page.getByRole('button', { name: 'app:create' })).first().click()
  await page.waitForURL(/action=/)
  await page.getByLabel('Before').fill('2020-01-01T00:00:00')
  await page.waitForURL(/until=/)
  await page.getByText('Nothing matches these filters').waitFor()
})

test('a failed read is told with its request id, never shown as empty', async () => {
  await page.goto(`${gateway.console}/audit?cursor=nonsense`)
  await page.getByText('Request ID').waitFor()
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const other = await open(browser, look)
  await signIn(other, gateway)
  for (const name of ['quotas', 'audit', 'tasks', 'nodes']) {
    await other.goto(`${gateway.console}/${name}`)
    await other.getByRole('table').first().waitFor()
    if (name === 'nodes') await other.getByText(/Up to date|已是最新/).waitFor()
    await checkPage(other, name === 'tasks' ? 'tasks-none' : name, look)
  }
  await other.context().close()
})

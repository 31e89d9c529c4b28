// Authorizations: few in one call, many by a task with a result per item, and revoked in bulk.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, checkPage, looks, open, signIn } from './browser'
import { makeApis, post } from './rest'

const [english] = looks as [(typeof looks)[0]]
const APPS = 11
const APIS = 10

const { gateway, browser, page, end } = await begin(english)
afterAll(end)
let group: string
let apis: readonly string[]
const apps: string[] = []
beforeAll(async () => {
  group = (await post(page, '/groups', { dialect: 'huawei', name: 'shop' })).id
  apis = await makeApis(page, group, Array.from({ length: APIS }, (_, n) => `order_${n}`))
  for (let n = 0; n < APPS; n++) apps.push((await post(page, '/apps', { name: `app_${n}` })).id)
})

const dialog = () => page.getByRole('dialog')

async function choose(label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.getByLabel(label, { exact: true }).fill(option)
  await page.locator(`.ant-select-dropdown:visible .ant-select-item-option[title="${option}"]`).click()
  await page.keyboard.press('Escape')
}

test('an app is authorized for an API until a time', async () => {
  await page.goto(`${gateway.console}/grants`)
  await page.getByText('An authorization lets an app call').waitFor()
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  await page.locator('form').waitFor()
  await page.getByText('Choose a group first').first().waitFor()
  await choose('API group', 'shop')
  await choose('APIs', 'order_3')
  await choose('Environment', 'RELEASE')
  await choose('Apps', 'app_2')
  await page.getByText('Authorizations: 1 × 1 = 1').waitFor()
  await page.getByLabel('Valid until').fill('2020-01-01T00:00:00')
  await page.getByRole('button', { name: 'Authorize' }).click()
  await page.getByText('This time is over already').waitFor()
  await page.getByLabel('Valid until').fill('2099-01-01T00:00:00')
  await checkPage(page, 'grant-new', english)
  await page.getByRole('button', { name: 'Authorize' }).click()
  const row = page.getByRole('row', { name: /app_2.*shop.*order_3.*RELEASE.*2099/ })
  await row.waitFor()
})

test('its end is changed, and it is copied as a document', async () => {
  const row = page.getByRole('row', { name: /app_2/ })
  await row.getByRole('button', { name: 'Change end' }).click()
  await dialog().getByLabel('Valid until').fill('')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await row.getByText('For ever').waitFor()
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Copy as YAML' }).click()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toBe('kind: grant\napps:\n  - app_2\ngroup: shop\napis:\n  - order_3\nstage: RELEASE\n')
})

test('more than a hundred are a task, with a result for each', async () => {
  await page.goto(`${gateway.console}/grants/new?group=${group}&apis=${apis.join(',')}&apps=${apps.join(',')}`)
  await page.getByText(`Authorizations: ${APPS} × ${APIS} = ${APPS * APIS}. They are made one after another`).waitFor()
  await choose('Environment', 'RELEASE')
  await page.getByRole('button', { name: 'Authorize' }).click()
  await page.getByRole('heading', { name: 'Authorize' }).waitFor()
  await page.getByText(`${APPS * APIS} of ${APPS * APIS}`).waitFor()
  await page.getByText('Ended', { exact: true }).first().waitFor()
  await page.getByRole('cell', { name: 'app_0 · order_0 · RELEASE' }).waitFor()
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.waitForURL(/cursor=/)
  await checkPage(page, 'task', english)
  await page.goto(`${gateway.console}/tasks?state=done&kind=create_grants`)
  await page.getByRole('link', { name: 'Authorize' }).waitFor()
})

test('those of an app, and of an API, are revoked in bulk', async () => {
  await page.goto(`${gateway.console}/grants?api=${apis[0]}`)
  await page.getByText(`${APPS} in all`).waitFor()
  await page.goto(`${gateway.console}/apps/${apps[0]}`)
  await page.getByRole('button', { name: 'Authorized APIs' }).click()
  await page.getByText(`${APIS} in all`).waitFor()
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Revoke' }).first().click()
  await dialog().getByText(`Revoke ${APIS} authorizations?`).waitFor()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('Nothing matches these filters').waitFor()
})

test('more than a hundred are revoked by a task', async () => {
  await page.goto(`${gateway.console}/grants?size=500`)
  await page.getByText(`${APPS * APIS - APIS} in all`).waitFor()
  await post(page, '/grants', { apps: [apps[0]], apis, stage: await stageOf() })
  await page.reload()
  await page.getByText(`${APPS * APIS} in all`).waitFor()
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Revoke' }).first().click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('heading', { name: 'Revoke authorizations' }).waitFor()
  await page.getByText(`${APPS * APIS} of ${APPS * APIS}`).waitFor()
  await page.goto(`${gateway.console}/grants`)
  await page.getByText('An authorization lets an app call').waitFor()
})

async function stageOf(): Promise<string> {
  return page.evaluate(async () => {
    const stages = await (await fetch('/api/v1/stages?dialect=huawei')).json()
    return stages.items.find(({ name }: { name: string }) => name === 'RELEASE').id
  })
}

test.each(looks)('the pages in $language, $theme', async (look) => {
  await post(page, '/grants', { apps: apps.slice(0, 2), apis: apis.slice(0, 3), stage: await stageOf(), remark: 'Partner' })
  const other = await open(browser, look)
  await signIn(other, gateway)
  await other.goto(`${gateway.console}/grants`)
  await other.getByRole('link', { name: 'app_1' }).first().waitFor()
  await checkPage(other, 'grants', look)
  await other.goto(`${gateway.console}/grants/new?apps=${apps[0]}`)
  await other.locator('form').waitFor()
  await checkPage(other, 'grants-new', look)
  await other.goto(`${gateway.console}/tasks`)
  await other.getByRole('table').first().waitFor()
  await checkPage(other, 'tasks', look)
  await other.locator('tbody a').first().click()
  await other.getByRole('table').first().waitFor()
  await checkPage(other, 'task-items', look)
  await other.context().close()
})

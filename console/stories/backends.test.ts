// Stages, domains, variables, VPC access, channels and policies: made, changed, bound and taken away.
import { afterAll, expect, test } from 'vitest'
import { begin, checkPage, looks, open, signIn } from './browser'
import { shell } from './call'
import { call as rest } from './rest'

const look = looks[0]!
const { gateway, browser, page, end } = await begin(look)
afterAll(end)

const go = (path: string) => page.goto(`${gateway.console}${path}`)
const field = (label: string) => page.getByLabel(label, { exact: true })
const press = (name: string) => page.getByRole('button', { name: new RegExp(`^(plus )?${name}$`) }).last().click()

const call = <T>(method: string, path: string, body?: unknown) => rest<T>(page, method, path, body)

async function confirm(word: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog.getByRole('button', { name: word, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

interface Made {
  readonly id: string
}

let group: string
let api: string

test('a stage is made and deleted', async () => {
  await go('/stages/new')
  await field('Name').fill('STAGING')
  await press('Create')
  const row = page.getByRole('row', { name: /STAGING/ })
  await row.waitFor()
  await checkPage(page, 'stages', look)
  await row.getByRole('button', { name: 'Delete' }).click()
  await confirm('Delete')
  await row.waitFor({ state: 'detached' })
})

test('a domain is bound, fixed to a stage and unbound', async () => {
  group = (await call<Made>('POST', '/groups', { dialect: 'huawei', name: 'stock_group' })).id
  await go(`/groups/${group}`)
  await page.getByRole('link', { name: 'Domains' }).click()
  await press('Bind domain')
  await field('Domain name').fill('not a name')
  await page.getByRole('dialog').getByRole('button', { name: 'Bind domain' }).click()
  await page.locator('.ant-form-item-explain-error').first().waitFor()
  await field('Domain name').fill('stock.example.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Bind domain' }).click()
  const row = page.getByRole('row', { name: /stock\.example\.com/ })
  await row.waitFor()
  await row.getByRole('button', { name: 'Fix to stage' }).click()
  await page.getByRole('dialog').getByRole('combobox').click()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await row.getByText('RELEASE').waitFor()
  await checkPage(page, 'domains', look)
  await row.getByRole('button', { name: 'Unbind' }).click()
  await confirm('Unbind')
  await row.waitFor({ state: 'detached' })
})

test('a wildcard domain has patterns, and no other has', async () => {
  await press('Bind domain')
  await field('Domain name').fill('*.stock.example.com')
  await field('Patterns').fill('{svc}.stock.example.com\nother.example.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Bind domain' }).click()
  await page.locator('.ant-form-item-explain-error').first().waitFor()
  await field('Patterns').fill('{svc}.stock.example.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Bind domain' }).click()
  const row = page.getByRole('row', { name: /stock\.example\.com/ })
  await row.getByText('{svc}.stock.example.com').waitFor()
  await row.getByRole('button', { name: 'Patterns' }).click()
  await field('Patterns').fill('api-{svc}.stock.example.com, {svc}.stock.example.com')
  await checkPage(page, 'domain-patterns', look)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await row.getByText('api-{svc}.stock.example.com').waitFor()
  await row.getByRole('button', { name: 'Copy as YAML' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('patterns:\n  - "api-{svc}.stock.example.com"')
  const { items } = await call<{ items: { patterns: string[] }[] }>('GET', `/groups/${group}/domains`)
  expect(items[0]?.patterns).toEqual(['api-{svc}.stock.example.com', '{svc}.stock.example.com'])
  await call('POST', `/groups/${group}/domains`, { host: 'plain.example.com' })
  await page.reload()
  expect(await page.getByRole('row', { name: /plain\.example/ }).getByRole('button', { name: 'Patterns' }).getAttribute('aria-disabled')).toBe('true')
})

test('a variable has a value per stage', async () => {
  await go(`/groups/${group}/variables`)
  await press('Add variable')
  await field('Name').fill('backend')
  await field('Value').fill('10.0.0.1:80')
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
  const row = page.getByRole('row', { name: /#backend#/ })
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await row.getByRole('button', { name: 'Edit' }).click()
  await field('Value').fill('10.0.0.2:80')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await row.getByText('10.0.0.2:80').waitFor()
  await checkPage(page, 'variables', look)
  await row.getByRole('button', { name: 'Copy as YAML' }).click()
  await page.getByText('Copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('kind: variable\ngroup: huawei/stock_group\nstage: RELEASE')
})

test('a VPC access is made, and found by name', async () => {
  await go('/backend-accesses/new')
  await field('Name').fill('stock-servers')
  await field('Network (VPC ID)').fill('vpc-1')
  await field('Instance').fill('10.0.0.5')
  await press('Create')
  await page.getByRole('heading', { name: 'stock-servers' }).waitFor()
  await checkPage(page, 'access', look)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('stock-s')
  await page.getByRole('option', { name: 'stock-servers' }).waitFor()
  await page.keyboard.press('Escape')
  await go('/backend-accesses')
  await page.getByRole('link', { name: 'stock-servers' }).waitFor()
  await checkPage(page, 'accesses', look)
})

test('a channel has members, weighed together, and tells how they are', async () => {
  await go('/channels/new')
  await field('Name').fill('stock-channel')
  await page.getByLabel('Members are asked whether they are well').click()
  await field('Interval (s)').fill('2')
  await field('Timeout (s)').fill('1')
  await field('Unhealthy threshold').fill('1')
  await field('Healthy threshold').fill('1')
  await press('Add row')
  await field('Server').fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).last().fill(new URL(gateway.http).port)
  await press('Add row')
  await page.getByLabel('Server', { exact: true }).last().fill('localhost')
  await page.getByLabel('Port', { exact: true }).last().fill('1')
  await checkPage(page, 'channel-new', look)
  await press('Create')
  await page.getByRole('heading', { name: 'stock-channel' }).waitFor()
  await page.getByText('Unhealthy', { exact: true }).waitFor({ timeout: 30_000 })
  await page.getByText('Healthy', { exact: true }).waitFor()
  await field('Weight of 127.0.0.1').fill('7')
  await field('Weight of localhost').fill('3')
  await page.getByRole('button', { name: 'Save weights (2 changed)' }).click()
  await page.getByRole('button', { name: 'Save weights', exact: true }).waitFor()
  await page.getByRole('switch', { name: 'localhost takes calls' }).click()
  await page.getByText('Off', { exact: true }).waitFor()
  await checkPage(page, 'channel', look)
  const { items } = await call<{ items: { members: { weight: number; enabled: boolean }[] }[] }>('GET', '/channels')
  expect(items[0]?.members.map(({ weight, enabled }) => [weight, enabled])).toEqual([[7, true], [3, false]])
})

test('members are removed together', async () => {
  await page.getByRole('row', { name: /localhost/ }).getByRole('checkbox').check()
  await press('Remove')
  await confirm('Remove')
  await page.getByRole('row', { name: /localhost/ }).waitFor({ state: 'detached' })
})

test('the last member that takes calls is switched off by typing DELETE alone', async () => {
  const last = page.getByRole('switch', { name: '127.0.0.1 takes calls' })
  await last.click()
  await page.getByRole('dialog').getByText('Nobody is left to take calls').waitFor()
  await checkPage(page, 'channel-stop', look)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await last.isChecked()).toBe(true)
  await page.getByRole('row', { name: /127/ }).getByRole('checkbox').check()
  await press('Set weight')
  await field('New weight of those selected').fill('0')
  await page.getByRole('dialog').getByText('Nobody is left to take calls').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').getByText('Type DELETE first').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await press('Switch off')
  await confirm('Switch off')
  await page.getByText('Off', { exact: true }).waitFor()
  await last.click()
  await page.getByText('Healthy', { exact: true }).waitFor({ timeout: 30_000 })
})

test('a policy of Huawei Cloud has excluded apps, and is bound and unbound', async () => {
  const definition = { name: 'count', request: { method: 'GET', path: '/count' }, auth: { kind: 'none' }, backend: { kind: 'mock', body: '2' } }
  api = (await call<Made>('POST', `/groups/${group}/apis`, definition)).id
  const { items } = await call<{ items: Made[] }>('GET', '/stages?dialect=huawei')
  await call('PUT', `/apis/${api}/deployments/${items[0]!.id}`, {})
  await call('POST', '/apps', { name: 'tea-house' })
  await go('/policies/throttling/new')
  await field('Name').fill('hundred_a_minute')
  await field('Max. API requests').fill('100')
  await field('Max. user requests').fill('200')
  await press('Create')
  await page.locator('.ant-form-item-explain-error').first().waitFor()
  await field('Max. user requests').fill('20')
  await press('Create')
  await page.getByRole('heading', { name: 'hundred_a_minute' }).waitFor()
  await press('Add excluded app or user')
  await field('App').last().click()
  await page.getByTitle('tea-house').click()
  await field('Max. requests').fill('60')
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
  await page.getByRole('cell', { name: 'tea-house' }).waitFor()
  await press('Bind to APIs')
  await page.getByRole('row', { name: /count/ }).getByRole('checkbox').check()
  await checkPage(page, 'policy-bind', look)
  await press('Bind those selected')
  const row = page.getByRole('row', { name: /count/ })
  await row.waitFor()
  await checkPage(page, 'policy', look)
  await row.getByRole('button', { name: 'Unbind' }).click()
  await confirm('Unbind')
  await row.waitFor({ state: 'detached' })
})

test('an API is answered by a backend service, and keeps it when it is edited', async () => {
  const service = (await call<Made>('POST', '/backend-services', { name: 'stock-service', kind: 'mock' })).id
  const { items } = await call<{ items: (Made & { name: string })[] }>('GET', '/stages?dialect=alibaba')
  const release = items.find(({ name }) => name === 'RELEASE')!.id
  await call('PUT', `/backend-services/${service}/definitions/${release}`, { target: { kind: 'mock', body: 'of the service' } })
  const shop = (await call<Made>('POST', '/groups', { dialect: 'alibaba', name: 'shop_group' })).id
  await go(`/apis/new?group=${shop}`)
  await field('Name').fill('by_service')
  await page.getByText('None', { exact: true }).first().click()
  await press('Next')
  await field('Path').fill('/by-service')
  await press('Next')
  await page.getByText('Backend service', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Which service' }).click()
  await page.locator('.ant-select-item-option', { hasText: 'stock-service' }).click()
  // While it closes, its list has no name.
  await page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' })
  await checkPage(page, 'api-service', look)
  await press('Next')
  await press('Create')
  await page.getByRole('heading', { name: 'by_service' }).waitFor()
  await press('Edit')
  await field('Name').fill('by_the_service')
  await press('Save')
  await page.getByRole('heading', { name: 'by_the_service', exact: true }).waitFor()
  const made = page.url().split('/').at(-1)
  const { definition } = await call<{ definition: { backend: unknown } }>('GET', `/apis/${made}`)
  expect(definition.backend).toMatchObject({ kind: 'service', service })
  await call('PUT', `/apis/${made}/deployments/${release}?wait=10s`, {})
  await page.reload()
  await page.getByRole('button', { name: 'Copy as curl' }).first().click()
  expect(await shell(await page.evaluate(() => navigator.clipboard.readText()))).toContain('of the service')
})

test('a policy of Alibaba Cloud is given by fields or as text', async () => {
  await go('/policies/throttling/new')
  await page.getByText('Alibaba Cloud: Traffic control').click()
  await field('Name').fill('thirty_a_second')
  await field('Max. API requests').fill('30')
  await press('Edit as text')
  expect(await field('Settings').inputValue()).toContain('apiDefault: 30')
  await field('Settings').fill('unit: SECOND\napiDefault: 30\nuserDefault: 40\n')
  await press('Create')
  await page.locator('.ant-form-item-explain-error', { hasText: 'userDefault: 40 is above apiDefault' }).waitFor()
  await checkPage(page, 'policy-text', look)
  await field('Settings').fill('unit: [')
  expect(await page.getByRole('button', { name: 'Edit by fields' }).getAttribute('aria-disabled')).toBe('true')
  await field('Settings').fill('{"unit":"SECOND","apiDefault":30,"userDefault":20}')
  await press('Edit by fields')
  expect(await field('Max. user requests').inputValue()).toBe('20')
  await press('Create')
  await page.getByRole('heading', { name: 'thirty_a_second' }).waitFor()
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const other = await open(browser, look)
  await signIn(other, gateway)
  const { items } = await call<{ items: Made[] }>('GET', '/channels')
  const policies = await call<{ items: Made[] }>('GET', '/policies?dialect=huawei')
  const pages = {
    'stages-list': '/stages',
    'domains-empty': `/groups/${group}/domains`,
    'variables-list': `/groups/${group}/variables`,
    'accesses-list': '/backend-accesses',
    'channels-list': '/channels',
    'channel-page': `/channels/${items[0]!.id}`,
    'channel-edit': `/channels/${items[0]!.id}/edit`,
    'policies-list': '/policies/throttling',
    'policy-page': `/policies/throttling/${policies.items[0]!.id}`,
    'policy-new': '/policies/throttling/new',
  }
  for (const [name, path] of Object.entries(pages)) {
    await other.goto(`${gateway.console}${path}`)
    await other.locator('main h1').waitFor()
    await checkPage(other, name, look)
  }
  await other.context().close()
})

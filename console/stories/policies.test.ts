// Policies by kind, by hand and in both languages: lists of addresses and accounts, keys that sign calls of backends, pages of
// other origins. Each is bound to an API, and a call shows what it does.
import { afterAll, describe, expect, test } from 'vitest'
import { startBackend } from './backend'
import { begin, checkPage, looks } from './browser'
import { shell } from './call'
import { Hand } from './hand'
import { call, publish } from './rest'
import { words } from './words'

const PATIENCE = { timeout: 30_000 }

interface Group {
  readonly id: string
  readonly subdomain: string
}

interface App {
  readonly number: number
}

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  const backend = await startBackend()
  afterAll(() => Promise.all([end(), backend.stop()]))
  const t = words(look)
  const hand = new Hand(page, t)
  const go = (path: string) => page.goto(`${gateway.console}${path}`)
  const tea = await call<App>(page, 'POST', '/apps', { name: 'tea_house' })
  const [goods, stock] = [await scene('alibaba', 'goods'), await scene('huawei', 'stock')]

  /** An API that everybody may call, in front of the backend. */
  async function scene(dialect: string, name: string): Promise<(more?: string) => Promise<string>> {
    const group = await call<Group>(page, 'POST', '/groups', { dialect, name: `${name}_group` })
    const definition = { name, request: { method: 'GET', path: `/${name}` }, auth: { kind: 'none' }, backend: { kind: 'http', to: { kind: 'address', url: backend.url }, method: 'GET', path: '/' } }
    const api = await call<Group>(page, 'POST', `/groups/${group.id}/apis`, definition)
    await publish(page, api.id, dialect)
    return (more = '') => shell(`curl -i -H 'Host: ${group.subdomain}' ${more} ${gateway.http}/${name}`)
  }

  /** The policy that is shown is bound to the API of this name in RELEASE. */
  async function bind(api: string): Promise<void> {
    await hand.press(t.policies.bind)
    await hand.row(api).getByRole('checkbox').check()
    await hand.press(t.policies.bindSelected)
    await page.getByRole('region', { name: t.policies.bindings }).first().waitFor()
    await hand.row(api).waitFor()
  }

  /** The id of the object with this name. */
  async function named(noun: string, name: string): Promise<string | undefined> {
    return (await call<{ items: Group[] }>(page, 'GET', `/${noun}?search=${name}`)).items[0]?.id
  }

  /** On the API's page the policy stands as said. */
  async function heldBy(api: string, policy: string, as: string): Promise<void> {
    await go(`/apis/${await named('apis', api)}`)
    await page.getByRole('region', { name: t.policies.ofApi }).getByRole('row').filter({ has: page.getByRole('link', { name: policy, exact: true }) }).getByText(as, { exact: true }).waitFor()
  }

  async function unbind(api: string): Promise<void> {
    await hand.press(t.policies.unbind, hand.row(api))
    await hand.type(t.common.deletePrompt, 'DELETE', hand.dialog)
    await hand.field(t.common.deletePrompt, hand.dialog).press('Enter')
    await hand.row(api).waitFor({ state: 'detached' })
  }

  test('a list keeps addresses out, until it is unbound', async () => {
    await go('/policies/access-control')
    await page.getByText(t.policies.families['access-control'].empty).waitFor()
    await checkPage(page, 'access-none', look)
    await hand.press(t.policies.families['access-control'].create)
    await hand.type(t.common.name, 'office')
    await hand.pick(t.policies.effects.DENY)
    await hand.type(t.policies.addresses, '127.0.0.0/8\n192.0.2.0/33')
    await hand.press(t.common.create)
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await checkPage(page, 'access-complaint', look)
    await hand.type(t.policies.addresses, '127.0.0.0/8\n192.0.2.0/24, 2001:db8::1')
    await hand.press(t.common.create)
    await hand.heading('office').waitFor()
    expect(await stock()).toMatch(/^HTTP\/1.1 200/)
    await bind('stock')
    await checkPage(page, 'access-list', look)
    await expect.poll(stock, PATIENCE).toMatch(/^HTTP\/1.1 403[^]*APIG.0402/)
    await hand.press(t.common.copyYaml)
    expect(await hand.clipboard()).toContain('policy_kind: address_list')
    await unbind('stock')
    await expect.poll(stock, PATIENCE).toMatch(/^HTTP\/1.1 200/)
  })

  test('a list of accounts keeps out who has none', async () => {
    await go('/policies/access-control/new')
    await hand.pick(t.policies.entities.account_list)
    await hand.type(t.common.name, 'partners')
    await hand.type(t.policies.accounts.account_list, 'tea_house')
    await hand.press(t.common.create)
    await hand.heading('partners').waitFor()
    await bind('stock')
    await expect.poll(stock, PATIENCE).toMatch(/^HTTP\/1.1 403[^]*APIG.0302/)
    await unbind('stock')
    await go('/policies/access-control')
    await hand.row('office').waitFor()
    await hand.pick(t.policies.entities.account_list)
    await hand.row('partners').waitFor()
    await page.waitForURL(/kind=account_list/)
    await checkPage(page, 'access-accounts', look)
  })

  test('the IP-control plug-in is given by fields, and changed as text', async () => {
    await go('/policies/access-control/new')
    await hand.pick(`${t.terms.alibaba.dialect}: ${t.policies.kinds.alibaba['access-control']}`)
    await hand.type(t.common.name, 'ip_office')
    await hand.pick(t.policies.effects.REFUSE)
    await hand.type(`${t.policies.addresses} 1`, '127.0.0.1')
    await hand.press(t.policies.addItem)
    await hand.type(`${t.policies.addresses} 2`, '198.51.100.7')
    await hand.type(`${t.policies.appNumber} 2`, '219810')
    await checkPage(page, 'ip-control-new', look)
    await hand.press(t.common.create)
    await hand.heading('ip_office').waitFor()
    await bind('goods')
    await checkPage(page, 'ip-control', look)
    await expect.poll(goods, PATIENCE).toMatch(/^HTTP\/1.1 403[^]*A403IP/)
    await hand.press(t.common.edit)
    await hand.press(t.policies.asText)
    expect(await hand.field(t.policies.settings).inputValue()).toContain('appId: "219810"')
    await hand.type(t.policies.settings, 'type: REFUSE\nitems:\n  - blocks: [192.0.2.1]\n')
    await hand.press(t.common.save)
    await hand.heading('ip_office').waitFor()
    await expect.poll(goods, PATIENCE).toMatch(/^HTTP\/1.1 200/)
  })

  test('traffic control by fields: an app with a number of its own, and a rule by what calls carry', async () => {
    await go('/policies/throttling/new')
    await hand.pick(`${t.terms.alibaba.dialect}: ${t.policies.kinds.alibaba.throttling}`)
    await hand.type(t.common.name, 'by_user')
    await hand.type(t.policies.api, '100')
    await hand.press(t.policies.addSpecialApp)
    await hand.choose(`${t.policies.appOf} 1`, `tea_house (${tea.number})`)
    await hand.type(`${t.policies.limit}: ${t.policies.appOf} 1`, '200')
    await hand.press(t.policies.addSpecialUser)
    await hand.type(`${t.policies.account} 1`, '123455')
    await hand.type(`${t.policies.limit}: ${t.policies.account} 1`, '50')
    await hand.press(t.policies.variables.add)
    await hand.type(`${t.policies.variables.name} 1`, 'user')
    await hand.type(`${t.policies.variables.what} 1`, 'X-User')
    await hand.press(t.policies.rules.add)
    await hand.type(`${t.policies.rules.name} 1`, 'one_each')
    await hand.choose(`${t.policies.rules.by} 1`, 'user')
    await hand.type(`${t.policies.limit} 1`, '1')
    await hand.choose(`${t.policies.unit} 1`, t.policies.units.DAY)
    await hand.type(`${t.policies.rules.condition} 1`, '$user =')
    await hand.press(t.common.create)
    const complaints = page.locator('.ant-form-item-explain-error')
    await complaints.filter({ hasText: 'apiDefault' }).waitFor()
    await complaints.filter({ hasText: '8' }).waitFor()
    await checkPage(page, 'traffic-control-complaints', look)
    // The same draft as text: complaints say which part they are about.
    await hand.press(t.policies.asText)
    const text = await hand.field(t.policies.settings).inputValue()
    expect(text).toContain('user: "Header:X-User"')
    await hand.press(t.common.create)
    await complaints.filter({ hasText: 'rules/0/condition: ' }).waitFor()
    await checkPage(page, 'traffic-control-text', look)
    await hand.type(t.policies.settings, `# As we like it\n${text.replace('"$user ="', '"$user != null"').replace('200', '60')}`)
    await hand.press(t.policies.asFields)
    expect(await hand.field(`${t.policies.rules.condition} 1`).inputValue()).toBe('$user != null')
    expect(await hand.field(`${t.policies.limit}: ${t.policies.appOf} 1`).inputValue()).toBe('60')
    await checkPage(page, 'traffic-control-new', look)
    await hand.press(t.common.create)
    await hand.heading('by_user').waitFor()
    await bind('goods')
    await checkPage(page, 'traffic-control', look)
    const as = (user: string) => goods(`-H 'X-User: ${user}'`)
    await expect.poll(() => as('one'), PATIENCE).toMatch(/^HTTP\/1.1 429/)
    expect(await as('another')).toMatch(/^HTTP\/1.1 200/)
    await unbind('goods')
    // Two parameters of one name have no text.
    await hand.press(t.common.edit)
    await page.locator('form').waitFor()
    await hand.press(t.policies.variables.add)
    await hand.type(`${t.policies.variables.name} 2`, 'user')
    await page.getByText(t.policies.variables.twice).first().waitFor()
    await page.getByRole('button', { name: t.policies.asText }).hover()
    await page.getByText(t.policies.asTextWhyNot).waitFor()
  })

  test('a signature key signs calls of the backend; its secret is shown to who asks', async () => {
    await go('/policies/signature-keys')
    await hand.press(t.policies.families['signature-keys'].create)
    await hand.type(t.common.name, 'stock_key')
    await hand.pick(t.policies.signTypes.basic)
    await hand.type(t.policies.key, 'shop-key')
    await hand.type(t.policies.secret, 'short')
    await hand.press(t.common.create)
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await hand.press(t.policies.draw)
    await checkPage(page, 'signature-key-new', look)
    await hand.press(t.common.create)
    await hand.heading('stock_key').waitFor()
    await bind('stock')
    await hand.press(t.policies.reveal)
    const secret = await hand.copySecret()
    await checkPage(page, 'signature-key', look)
    const basic = (secret: string) => `Basic ${Buffer.from(`shop-key:${secret}`).toString('base64')}`
    await expect.poll(stock, PATIENCE).toContain(basic(secret))
    await hand.press(t.policies.replaceSecret)
    await hand.type(t.policies.secret, 'another-secret-of-ours', hand.dialog)
    await hand.confirm(t.common.save)
    await expect.poll(stock, PATIENCE).toContain(basic('another-secret-of-ours'))
    await hand.press(t.common.copyYaml)
    expect(await hand.clipboard()).toContain('secret: "${env:SECRET_STOCK_KEY}"')
  })

  test('the plug-in for backend signatures signs as well', async () => {
    await go('/policies/signature-keys/new')
    await hand.pick(`${t.terms.alibaba.dialect}: ${t.policies.kinds.alibaba['signature-keys']}`)
    await hand.type(t.common.name, 'goods_key')
    await hand.type(t.policies.key, 'shopkey')
    await hand.press(t.policies.draw)
    await hand.press(t.common.create)
    await hand.heading('goods_key').waitFor()
    expect(await goods()).not.toContain('"signature"')
    await bind('goods')
    await expect.poll(goods, PATIENCE).toContain('"signature":"')
    await go('/policies/signature-keys')
    await hand.row('goods_key').waitFor()
    await checkPage(page, 'signature-keys', look)
  })

  test('pages of one origin may call, and others not', async () => {
    await go('/policies/cors')
    await page.getByText(t.policies.families.cors.empty).waitFor()
    await hand.press(t.policies.families.cors.create)
    await hand.pick(`${t.terms.alibaba.dialect}: ${t.policies.kinds.alibaba.cors}`)
    await hand.type(t.common.name, 'shop_pages')
    await hand.type(t.policies.origins, 'https://shop.example.com')
    await hand.choose(t.policies.methods, 'GET')
    await hand.type(t.policies.maxAge, '600')
    await hand.pick(t.policies.credentials)
    await checkPage(page, 'cors-new', look)
    await hand.press(t.common.create)
    await hand.heading('shop_pages').waitFor()
    await bind('goods')
    await checkPage(page, 'cors', look)
    await expect.poll(() => goods(`-H 'Origin: https://other.example.com'`), PATIENCE).toMatch(/^HTTP\/1.1 403[^]*A403CO/)
    expect((await goods(`-H 'Origin: https://shop.example.com'`)).toLowerCase()).toContain('access-control-allow-origin: https://shop.example.com')
    await hand.press(t.common.edit)
    await page.locator('form').waitFor()
    expect(await hand.field(t.policies.origins).inputValue()).toBe('https://shop.example.com')
    await checkPage(page, 'cors-edit', look)
  })

  test('a policy that is bound to a whole group holds for its APIs, until it is unbound', async () => {
    await go('/policies/access-control/new')
    await hand.pick(`${t.terms.alibaba.dialect}: ${t.policies.kinds.alibaba['access-control']}`)
    await hand.type(t.common.name, 'ip_group')
    await hand.pick(t.policies.effects.REFUSE)
    await hand.type(`${t.policies.addresses} 1`, '127.0.0.1')
    await hand.press(t.common.create)
    await hand.heading('ip_group').waitFor()
    const groups = page.getByRole('region', { name: t.policies.groupBindings })
    await groups.getByText(t.policies.groupBindingsEmpty).waitFor()
    const another = await scene('alibaba', 'toys')
    expect(await another()).toMatch(/^HTTP\/1.1 200/)
    await page.reload()
    await hand.press(t.policies.bindGroup, groups)
    await hand.choose(t.terms.alibaba.group, 'toys_group', hand.dialog)
    await checkPage(page, 'group-binding-new', look)
    await hand.press(t.policies.bindTheGroup, hand.dialog)
    await hand.away()
    await groups.getByRole('row').filter({ hasText: 'toys_group' }).getByText('RELEASE').waitFor()
    await checkPage(page, 'group-binding', look)
    await expect.poll(another, PATIENCE).toMatch(/^HTTP\/1.1 403[^]*A403IP/)
    expect(await goods()).toMatch(/^HTTP\/1.1 200/)
    await groups.getByRole('link', { name: 'toys_group' }).click()
    await page.getByRole('region', { name: t.policies.ofGroup }).getByRole('link', { name: 'ip_group' }).waitFor()
    await checkPage(page, 'group-policies', look)
    await heldBy('toys', 'ip_group', t.policies.holds)
    // The API's own goes before it, on the page and for calls.
    const [own, toys] = await Promise.all([named('policies', 'ip_office'), named('apis', 'toys')])
    const { items: stages } = await call<{ items: { id: string; name: string }[] }>(page, 'GET', '/stages?dialect=alibaba')
    await call(page, 'POST', `/policies/${own}/bindings`, [{ api: toys, stage: stages.find(({ name }) => name === 'RELEASE')?.id }])
    await expect.poll(another, PATIENCE).toMatch(/^HTTP\/1.1 200/)
    await heldBy('toys', 'ip_group', t.policies.givesWay('ip_office'))
    await checkPage(page, 'api-policies-of-group', look)
    await hand.press(t.policies.unbind, hand.row(t.policies.boundToApi))
    await hand.confirm(t.policies.unbind)
    await hand.row(t.policies.boundToApi).waitFor({ state: 'detached' })
    await heldBy('toys', 'ip_group', t.policies.holds)
    await page.getByRole('region', { name: t.policies.ofApi }).getByRole('link', { name: 'ip_group' }).click()
    await hand.heading('ip_group').waitFor()
    await unbind('toys_group')
    await groups.getByText(t.policies.groupBindingsEmpty).waitFor()
    await expect.poll(another, PATIENCE).toMatch(/^HTTP\/1.1 200/)
    // Policies of the other cloud are bound to APIs alone.
    await go('/policies/access-control')
    await page.getByRole('link', { name: 'office', exact: true }).click()
    await hand.heading('office').waitFor()
    expect(await groups.count()).toBe(0)
  })

  test('an API names the policies that are bound to it', async () => {
    await go('/apis?search=goods')
    await page.getByRole('link', { name: 'goods', exact: true }).click()
    const policies = page.getByRole('region', { name: t.policies.ofApi })
    for (const name of ['ip_office', 'goods_key', 'shop_pages']) await policies.getByRole('link', { name }).waitFor()
    await checkPage(page, 'api-policies', look)
    await hand.press(t.policies.unbind, hand.row('shop_pages'))
    await hand.confirm(t.policies.unbind)
    await policies.getByRole('link', { name: 'shop_pages' }).waitFor({ state: 'detached' })
    await policies.getByRole('link', { name: 'goods_key' }).click()
    await hand.heading('goods_key').waitFor()
  })

  test('the plug-ins of Huawei Cloud stand beside the others', async () => {
    await go('/policies/throttling/new')
    await hand.pick(t.policies.entities.rate_limit)
    await hand.type(t.common.name, 'one_a_day')
    await hand.choose(`${t.policies.period}: ${t.policies.unit}`, t.policies.units.DAY)
    await hand.type(t.policies.api, '1')
    await hand.press(t.policies.addSpecialApp)
    await hand.choose(`${t.policies.appOf} 1`, 'tea_house')
    await hand.type(`${t.policies.limit}: ${t.policies.appOf} 1`, '5')
    await hand.press(t.common.create)
    await page.locator('.ant-form-item-explain-error', { hasText: 'api_limit' }).waitFor()
    await checkPage(page, 'rate-limit-new', look)
    // The text says the same, and what is changed there is in the fields.
    await hand.press(t.policies.asText)
    await hand.type(t.policies.settings, (await hand.field(t.policies.settings).inputValue()).replace('limit: 5', 'limit: 1'))
    await hand.press(t.policies.asFields)
    expect(await hand.field(`${t.policies.limit}: ${t.policies.appOf} 1`).inputValue()).toBe('1')
    await hand.press(t.common.create)
    await hand.heading('one_a_day').waitFor()
    await page.getByText('tea_house: 1').waitFor()
    await hand.press(t.common.copyYaml)
    await page.getByText(t.common.copied).waitFor()
    expect(await hand.clipboard()).toContain('key: tea_house')
    await bind('stock')
    await checkPage(page, 'rate-limit', look)
    await expect.poll(stock, PATIENCE).toMatch(/^HTTP\/1.1 429/)
    await unbind('stock')
    await go('/policies/cors/new')
    await hand.type(t.common.name, 'stock_pages')
    await hand.type(t.policies.origins, 'https://shop.example.com')
    await hand.press(t.common.create)
    await hand.heading('stock_pages').waitFor()
    await bind('stock')
    const origin = `-H 'Origin: https://shop.example.com'`
    await expect.poll(async () => (await stock(origin)).toLowerCase(), PATIENCE).toContain('access-control-allow-origin: https://shop.example.com')
  })

  test('each kind has its place in the menu', async () => {
    const menu = page.getByRole('navigation', { name: t.shell.menu })
    for (const { title } of Object.values(t.policies.families)) {
      await menu.getByRole('link', { name: title, exact: true }).click()
      await hand.heading(title).waitFor()
      expect(await menu.locator('[aria-current=page]').allInnerTexts()).toEqual([title])
    }
  })
})

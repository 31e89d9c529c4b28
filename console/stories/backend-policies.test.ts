// Backend policies, by hand and in both languages: an API gets one in the wizard, a complaint stands at its field, and a call's
// query parameter decides which of two backends answers. Then the default becomes a fixed answer, and the policy with it.
import { afterAll, describe, expect, test } from 'vitest'
import { startBackend } from './backend'
import { begin, checkPage, looks } from './browser'
import { shell } from './call'
import { Hand } from './hand'
import { call, publish } from './rest'
import { words } from './words'

const PATIENCE = { timeout: 30_000 }

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  const [usual, beta] = await Promise.all([startBackend(), startBackend()])
  afterAll(() => Promise.all([end(), usual.stop(), beta.stop()]))
  const t = words(look)
  const hand = new Hand(page, t)
  const authority = ({ url }: { url: string }) => new URL(url).host
  const group = await call<{ id: string; subdomain: string }>(page, 'POST', '/groups', { dialect: 'huawei', name: 'shop_group' })
  const policy = (name: string) => page.getByRole('region', { name: t.backendPolicies.one(1, name), exact: true })
  const goods = (query: string) => shell(`curl -i -H 'Host: ${group.subdomain}' '${gateway.http}/goods${query}'`)
  let api: string

  test('a policy is added, and what is wrong with it stands at its fields', async () => {
    await page.goto(`${gateway.console}/apis/new?group=${group.id}`)
    await hand.type(t.common.name, 'list_goods')
    await hand.pick(t.apis.auths.none)
    await hand.press(t.common.next)
    await hand.type(t.apis.path, '/goods')
    await hand.press(t.apis.parameters.add)
    await hand.type(t.apis.parameters.name, 'edition')
    await hand.press(t.common.next)
    await hand.type(t.apis.service.url, usual.url)
    await hand.type(t.apis.service.path, '/usual')
    await hand.press(t.backendPolicies.add)
    await hand.type(t.common.name, '1', policy(''))
    const added = policy('1')
    await hand.choose(t.backendPolicies.parameter, 'edition', added)
    await hand.choose(t.backendPolicies.is, t.backendPolicies.comparisons.pattern, added)
    await hand.type(t.backendPolicies.value, '[2-', added)
    // It began as a copy of the default backend.
    expect(await hand.field(t.apis.service.path, added).inputValue()).toBe('/usual')
    await hand.type(t.apis.service.url, beta.url, added)
    await hand.type(t.apis.service.path, '/beta', added)
    await hand.press(t.apis.mapping.add, added)
    await hand.type(t.apis.mapping.name, 'x-source', added)
    await hand.choose(t.apis.mapping.from, t.apis.mapping.origins.constant, added)
    await hand.type(t.apis.mapping.value, 'beta-policy', added)
    await hand.press(t.common.next)
    await hand.press(t.common.create)
    // The gateway's, two of them, one step back.
    await added.locator('.ant-form-item-explain-error').nth(1).waitFor()
    await checkPage(page, 'backend-policy-complaint', look)
  })

  test('it is made, and a parameter of the query decides which backend answers', async () => {
    const added = policy('1')
    await hand.type(t.backendPolicies.value, '[2-9]', added)
    await hand.type(t.common.name, 'beta', added)
    await checkPage(page, 'backend-policy', look)
    await hand.press(t.common.next)
    await hand.press(t.common.create)
    await hand.heading('list_goods').waitFor()
    await page.getByText(`beta: ${t.backendPolicies.ofs.parameter} edition ~ [2-9]`).waitFor()
    await checkPage(page, 'backend-policy-overview', look)
    api = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await publish(page, api, 'huawei')
    await expect.poll(() => goods('?edition=1'), PATIENCE).toContain(authority(usual))
    const answer = await goods('?edition=3')
    expect(answer).toContain(authority(beta))
    expect(answer).toContain('"url":"/beta"')
    expect(answer).toContain('"source":"beta-policy"')
    expect(await goods('?edition=1')).not.toContain('beta-policy')
  })

  test('it is changed: a second condition, of which one is enough', async () => {
    await hand.press(t.common.edit)
    await hand.press(t.common.next)
    await hand.press(t.common.next)
    await hand.press(t.backendPolicies.one(1, 'beta'))
    const changed = policy('beta')
    await hand.pick(t.backendPolicies.effectModes.any, changed)
    await hand.press(t.backendPolicies.addCondition, changed)
    const second = changed.getByRole('combobox', { name: t.backendPolicies.of }).nth(1)
    await second.click()
    await page.locator('.ant-select-dropdown:visible').getByText(t.backendPolicies.ofs.source, { exact: true }).click()
    await hand.type(t.backendPolicies.addresses, '127.0.0.0/8', changed)
    await checkPage(page, 'backend-policy-edit', look)
    await hand.press(t.common.save)
    await hand.heading('list_goods').waitFor()
    await page.getByText(`${t.backendPolicies.anyOf.trim()} ${t.backendPolicies.ofs.source} 127.0.0.0/8`).waitFor()
    await publish(page, api, 'huawei')
    await expect.poll(() => goods('?edition=1'), PATIENCE).toContain(authority(beta))
  })

  test('beside a fixed answer a policy has one of its own; without policies the default answers', async () => {
    await hand.press(t.common.edit)
    await hand.press(t.common.next)
    await hand.press(t.common.next)
    await hand.pick(t.apis.service.kinds.mock)
    await hand.press(t.backendPolicies.one(1, 'beta'))
    await hand.type(t.apis.service.body, 'mocked by the policy', policy('beta'))
    await checkPage(page, 'backend-policy-mock', look)
    await hand.press(t.common.save)
    await hand.heading('list_goods').waitFor()
    await publish(page, api, 'huawei')
    await expect.poll(() => goods(''), PATIENCE).toContain('mocked by the policy')
    await hand.press(t.common.edit)
    await hand.press(t.common.next)
    await hand.press(t.common.next)
    await hand.press(`${t.common.remove}: ${t.backendPolicies.one(1, 'beta')}`)
    await hand.press(t.common.save)
    await hand.heading('list_goods').waitFor()
    expect(await page.getByText(t.backendPolicies.title).count()).toBe(0)
    await publish(page, api, 'huawei')
    await expect.poll(() => goods(''), PATIENCE).not.toContain('mocked by the policy')
  })
})

// The chapter of a service in a private network, by hand and in both languages: a VPC access, a group, an API in front of
// it that takes an AppCode, an app with one, an authorization, a try in the console, and a call.
import { afterAll, describe, expect, test } from 'vitest'
import { startBackend } from './backend'
import { begin, checkPage, looks } from './browser'
import { shell } from './call'
import { Hand } from './hand'
import { words } from './words'

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  const backend = await startBackend()
  afterAll(() => Promise.all([end(), backend.stop()]))
  const t = words(look)
  const hand = new Hand(page, t)
  const go = (path: string) => page.goto(`${gateway.console}${path}`)
  let code: string

  test('the gateway is told of the instance', async () => {
    const { hostname, port } = new URL(backend.url)
    await go('/backend-accesses')
    await hand.press(t.accesses.create)
    await hand.type(t.common.name, 'testVpc')
    await hand.type(t.accesses.network, 'vpc-2zes0tlxxxx')
    await hand.type(t.accesses.instance, 'i-2zeexamplexxxx')
    await hand.type(t.accesses.port, port)
    await hand.type(t.accesses.address, hostname)
    await checkPage(page, 'vpc-access', look)
    await hand.press(t.common.create)
    await hand.heading('testVpc').waitFor()
  })

  test('a group is made', async () => {
    await go('/groups')
    await hand.press(t.groups.create)
    await hand.type(t.common.name, 'nginx_demo')
    await hand.press(t.common.create)
    await hand.heading('nginx_demo').waitFor()
  })

  test('an API passes requests through to it, and takes an AppCode', async () => {
    await go('/apis')
    await hand.press(t.apis.create)
    await hand.type(t.common.name, 'nginx_test')
    await hand.pick(t.apis.auths.app)
    await hand.choose(t.apis.basic.appCode, t.groups.appCodes.header_or_query)
    await hand.press(t.common.next)
    await hand.choose(t.apis.method, 'GET')
    await hand.type(t.apis.path, '/nginx')
    await hand.pick(t.apis.request.modes.passthrough)
    await hand.press(t.common.next)
    await hand.pick(t.apis.service.destinations.access)
    await hand.choose(t.apis.service.access, 'testVpc')
    await checkPage(page, 'vpc-backend', look)
    await hand.press(t.common.next)
    await hand.press(t.common.create)
    await hand.heading('nginx_test').waitFor()
  })

  test('it is published to RELEASE', async () => {
    await hand.press(t.terms.alibaba.publish)
    await hand.type(t.apis.publish.remark, 'first', hand.dialog)
    await hand.press(t.terms.alibaba.publish, hand.dialog)
    await hand.dialog.getByText(t.apis.publish.live(1, 1)).waitFor()
    await hand.dialog.getByRole('button', { name: t.common.close }).last().click()
  })

  test('an app has a code, and is authorized', async () => {
    await go('/apps')
    await hand.press(t.apps.create)
    await hand.type(t.common.name, 'testVpcApp')
    await hand.press(t.common.create)
    await hand.copySecret()
    await hand.heading('testVpcApp').waitFor()
    await hand.press(t.apps.addCode)
    await hand.press(t.common.add, hand.dialog)
    code = await hand.copySecret()
    await hand.press(t.grants.create)
    await hand.choose(t.grants.group, 'nginx_demo')
    await hand.choose(t.grants.apis, 'nginx_test')
    await hand.choose(t.terms.alibaba.stage, 'RELEASE')
    await checkPage(page, 'vpc-grant', look)
    await hand.press(t.grants.create)
    await hand.row('testVpcApp').waitFor()
  })

  test('the console tries it with the code', async () => {
    await go('/apis')
    await page.getByRole('link', { name: 'nginx_test' }).click()
    await page.getByRole('tab', { name: t.apis.tabs.debug }).click()
    await hand.pick(t.apis.debug.authentications.app_code)
    await hand.choose(t.apis.debug.app, 'testVpcApp')
    await hand.press(t.apis.debug.send)
    await page.getByRole('region', { name: t.apis.debug.answer }).getByText('"url":"/"').waitFor()
    await checkPage(page, 'vpc-debug', look)
  })

  test('a caller calls it', async () => {
    await page.getByRole('tab', { name: t.apis.tabs.overview }).click()
    await page.getByRole('region', { name: t.apis.overview.deployments }).getByRole('button', { name: t.common.copyCurl }).click()
    const line = await hand.clipboard()
    expect(await shell(line.replace('YOUR_APP_CODE', 'wrong'))).toContain('Invalid AppCode')
    const answer = await shell(line.replace('YOUR_APP_CODE', code))
    expect(answer).toMatch(/^HTTP\/1.1 200/)
    expect(answer).toContain('"url":"/"')
  })
})

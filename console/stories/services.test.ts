// The chapter of backend services, by hand and in both languages: a service is made and defined in a stage, APIs use it; its
// definition is changed and they follow, it is deleted and they go offline, each with its result.
import { afterAll, describe, expect, test } from 'vitest'
import { startBackend } from './backend'
import { begin, checkPage, looks } from './browser'
import { shell } from './call'
import { called, Hand } from './hand'
import { call, publish } from './rest'
import { words } from './words'

const NAMES = ['list_pets', 'read_pet']

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  const [one, other] = await Promise.all([startBackend(), startBackend()])
  afterAll(() => Promise.all([end(), one.stop(), other.stop()]))
  const t = words(look)
  const hand = new Hand(page, t)
  const go = (path: string) => page.goto(`${gateway.console}${path}`)
  const authority = ({ url }: { url: string }) => new URL(url).host
  const apis: string[] = []
  let service: string
  let pets: () => Promise<string>

  test('it is made, and defined in RELEASE', async () => {
    await go('/backend-services')
    await page.getByText(t.backendServices.empty).waitFor()
    await hand.press(t.backendServices.create)
    await hand.type(t.common.name, 'pets_service')
    await checkPage(page, 'service-new', look)
    await hand.press(t.common.create)
    await hand.heading('pets_service').waitFor()
    service = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByText(t.backendServices.draftsEmpty).waitFor()
    await page.getByRole('tab', { name: 'RELEASE' }).click()
    await page.getByText(t.backendServices.undefined('RELEASE')).waitFor()
    await hand.press(t.backendServices.define)
    await hand.type(t.apis.service.url, `${one.url}/path`)
    await hand.press(t.terms.alibaba.publish)
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await hand.type(t.apis.service.url, one.url)
    await hand.press(t.terms.alibaba.publish)
    await page.getByText(one.url).waitFor()
    await page.getByText(t.backendServices.publishedEmpty('RELEASE')).waitFor()
  })

  test('APIs use it', async () => {
    const group = await call<{ id: string; subdomain: string }>(page, 'POST', '/groups', { dialect: 'alibaba', name: 'pets_group' })
    for (const name of NAMES) {
      const definition = { name, request: { method: 'GET', path: `/${name}` }, auth: { kind: 'none' }, backend: { kind: 'service', service, method: 'GET', path: '/' } }
      const { id } = await call<{ id: string }>(page, 'POST', `/groups/${group.id}/apis`, definition)
      await publish(page, id, 'alibaba')
      apis.push(id)
    }
    pets = () => shell(`curl -i -H 'Host: ${group.subdomain}' ${gateway.http}/list_pets`)
    expect(await pets()).toContain(authority(one))
    await page.reload()
    for (const name of NAMES) await hand.row(name).getByText(one.url).waitFor()
    await checkPage(page, 'service-stage', look)
    await page.getByRole('tab', { name: t.backendServices.drafts }).click()
    await hand.row('list_pets').waitFor()
    await checkPage(page, 'service-drafts', look)
    await page.getByRole('link', { name: 'list_pets' }).click()
    await page.getByRole('main').getByRole('link', { name: t.apis.service.kinds.service }).click()
    await hand.heading('pets_service').waitFor()
    expect(await page.getByRole('main').getByRole('button', { name: called(t.common.delete) }).getAttribute('aria-disabled')).toBe('true')
  })

  test('they follow when its definition is changed', async () => {
    await page.getByRole('tab', { name: 'RELEASE' }).click()
    await hand.press(t.backendServices.modify)
    await page.getByText(t.backendServices.followEffect(2, 'RELEASE')).waitFor()
    await page.getByText('pets_group / list_pets').waitFor()
    await hand.type(t.apis.service.url, other.url)
    await checkPage(page, 'service-modify', look)
    await hand.press(t.backendServices.publishFor(2))
    await hand.dialog.getByText(`${t.tasks.itemStates.done}: 2`).waitFor()
    await checkPage(page, 'service-followed', look)
    expect(await hand.dialog.getByRole('row').count()).toBe(3)
    await hand.dialog.getByRole('button', { name: called(t.common.close) }).last().click()
    await hand.away()
    await hand.row('read_pet').getByText(other.url).waitFor()
    await expect.poll(pets, { timeout: 30_000 }).toContain(authority(other))
  })

  test('it is copied as a document, listed and found by name', async () => {
    await hand.press(t.common.copyYaml)
    expect(await hand.clipboard()).toContain(`kind: backend_service\nname: pets_service\nservice_kind: http\ndefinitions:\n  - stage: RELEASE\n    target:\n      kind: http\n      to:\n        kind: address\n        url: "${other.url}"`)
    await go('/backend-services')
    await hand.row('pets_service').getByText('RELEASE').waitFor()
    await checkPage(page, 'services', look)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: t.palette.placeholder }).fill('pets_s')
    await page.getByRole('option', { name: 'pets_service' }).waitFor()
    await page.keyboard.press('Enter')
    await hand.heading('pets_service').waitFor()
  })

  test('they go offline when its definition is deleted, which is said before', async () => {
    await page.getByRole('tab', { name: 'RELEASE' }).click()
    await hand.press(t.backendServices.undefine)
    await hand.dialog.getByText(t.backendServices.undefineEffect(2, 'RELEASE')).waitFor()
    await hand.type(t.common.deletePrompt, 'DELETE', hand.dialog)
    await checkPage(page, 'service-undefine', look)
    await hand.press(t.backendServices.undefine, hand.dialog)
    await hand.dialog.getByText(`${t.tasks.itemStates.done}: 2`).waitFor()
    await checkPage(page, 'service-offline', look)
    await hand.dialog.getByRole('button', { name: called(t.common.close) }).last().click()
    await page.getByText(t.backendServices.publishedEmpty('RELEASE')).waitFor()
    await expect.poll(pets, { timeout: 30_000 }).toMatch(/^HTTP\/1.1 404/)
  })

  test('it goes once nothing uses it', async () => {
    for (const api of apis) await call(page, 'DELETE', `/apis/${api}`)
    await go('/backend-services')
    await hand.press(t.common.delete, hand.row('pets_service'))
    await hand.confirm(t.common.delete)
    await page.getByText(t.backendServices.empty).waitFor()
  })
})

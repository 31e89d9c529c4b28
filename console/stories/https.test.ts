// The chapter of a domain over HTTPS, by hand and in both languages: a domain is bound, a certificate uploaded and chosen,
// plain calls are redirected, callers show certificates of their own; each is called for.
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { begin, checkPage, looks } from './browser'
import { shell } from './call'
import { called, Hand } from './hand'
import { makeApis, post, publish } from './rest'
import { words } from './words'

/** Good for a hundred years. Whoever signed them is gone. */
const folder = new URL('./certificates/', import.meta.url).pathname
const pem = (name: string) => readFileSync(`${folder}${name}`, 'utf8')
const HOST = 'shop.example.com'

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  afterAll(end)
  const t = words(look)
  const hand = new Hand(page, t)
  const go = (path: string) => page.goto(`${gateway.console}${path}`)
  const [, httpsPort = ''] = gateway.https.split(':')
  const httpPort = new URL(gateway.http).port
  const resolved = `--resolve ${HOST}:${httpsPort}:127.0.0.1 --resolve ${HOST}:${httpPort}:127.0.0.1 --cacert ${folder}ca.pem`
  const secure = (more = '') => shell(`curl -i ${resolved} ${more} https://${HOST}:${httpsPort}/goods`)
  const group = (await post(page, '/groups', { dialect: 'alibaba', name: 'shop_group' })).id
  const [api = ''] = await makeApis(page, group, ['goods'], { kind: 'none' })
  await publish(page, api, 'alibaba')

  async function choose(what: () => Promise<void>): Promise<void> {
    await hand.press('HTTPS', hand.row(HOST))
    await what()
    await hand.press(t.common.save, hand.dialog)
  }

  test('a domain is bound to the group', async () => {
    await go('/groups')
    await page.getByRole('link', { name: 'shop_group' }).click()
    await page.getByRole('link', { name: t.groups.tabs.domains }).click()
    await hand.press(t.domains.bind)
    await hand.type(t.domains.host, HOST)
    await hand.press(t.domains.bind, hand.dialog)
    await hand.row(HOST).waitFor()
    // Nobody vouches for what is shown.
    await expect(secure()).rejects.toMatchObject({ code: 60 })
  })

  test('a certificate is uploaded, and a key of another stands complained of', async () => {
    await go('/certificates')
    await page.getByText(t.certificates.empty).waitFor()
    await hand.press(t.certificates.create)
    await hand.type(t.common.name, 'shop_2026')
    await hand.type(t.certificates.chain, pem('shop.pem'))
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: t.common.readFile }).nth(1).click()])
    await chooser.setFiles(`${folder}other.key`)
    await hand.press(t.certificates.create)
    const complaint = page.locator('.ant-form-item', { has: hand.field(t.certificates.key) }).locator('.ant-form-item-explain-error')
    await complaint.waitFor()
    await checkPage(page, 'certificate-complaint', look)
    await hand.type(t.certificates.key, pem('shop.key'))
    await hand.press(t.certificates.create)
    await hand.heading('shop_2026').waitFor()
    await page.getByText(HOST).first().waitFor()
    await checkPage(page, 'certificate', look)
  })

  test('the domain shows it', async () => {
    await go(`/groups/${group}/domains`)
    await choose(async () => {
      await hand.choose(t.certificates.one, `shop_2026 (${HOST})`, hand.dialog)
      await checkPage(page, 'domain-https', look)
    })
    await hand.away()
    await hand.row(HOST).getByRole('link', { name: 'shop_2026' }).waitFor()
    await checkPage(page, 'domains-https', look)
    expect(await secure()).toMatch(/^HTTP\/(2|1\.1) 200/)
  })

  test('plain calls are redirected', async () => {
    await choose(() => hand.pick(t.domains.plains.redirected, hand.dialog))
    await hand.row(HOST).getByText(t.domains.plains.redirected).waitFor()
    const answer = await shell(`curl -i ${resolved} http://${HOST}:${httpPort}/goods`)
    expect(answer).toMatch(/^HTTP\/1\.1 301/)
    expect(answer.toLowerCase()).toContain(`location: https://${HOST}:${httpsPort}/goods`)
  })

  test('callers are asked for certificates, once there is whom to trust', async () => {
    const required = async () => {
      await hand.choose(t.domains.clients, t.domains.clientNames.required, hand.dialog)
      await hand.agree(hand.dialog)
      await checkPage(page, 'domain-clients', look)
    }
    await choose(required)
    await hand.dialog.locator('.ant-form-item-explain-error').waitFor()
    await hand.press(t.common.cancel, hand.dialog)
    await hand.row(HOST).getByRole('link', { name: 'shop_2026' }).click()
    await hand.press(t.certificates.replace)
    await page.getByText(t.certificates.replaceEffect(HOST)).waitFor()
    await hand.type(t.certificates.clientAuthority, pem('ca.pem'))
    await checkPage(page, 'certificate-replace', look)
    await hand.press(t.certificates.replace)
    await hand.heading('shop_2026').waitFor()
    await go(`/groups/${group}/domains`)
    await choose(required)
    await hand.away()
    // The handshake fails, or with TLS 1.3 the first sending or reading after it.
    expect([35, 55, 56]).toContain(await secure().catch(({ code }) => code))
    expect(await secure(`--cert ${folder}client.pem --key ${folder}client.key`)).toMatch(/^HTTP\/(2|1\.1) 200/)
  })

  test('a certificate in use stays, and is found by name', async () => {
    await go('/certificates')
    await hand.row('shop_2026').waitFor()
    await checkPage(page, 'certificates', look)
    await page.getByRole('link', { name: 'shop_2026' }).click()
    await hand.heading('shop_2026').waitFor()
    const remove = page.getByRole('main').getByRole('button', { name: called(t.common.delete) })
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
  })

  test('the instance tells addresses, limits and whose certificates it signs', async () => {
    await go('/instance')
    await page.getByRole('region', { name: t.instance.addresses }).getByText(`127.0.0.1:${httpPort}`).waitFor()
    const authority = page.getByRole('region', { name: t.instance.authority })
    const [download] = await Promise.all([page.waitForEvent('download'), authority.getByRole('link', { name: t.instance.download }).click()])
    const ca = await download.path()
    await checkPage(page, 'instance', look)
    const answer = await shell(`curl -i --cacert ${ca} -H 'Host: ${await subdomain()}' https://localhost:${httpsPort}/goods`)
    expect(answer).toMatch(/^HTTP\/(2|1\.1) 200/)
  })

  /** That of the group, which an authority of the gateway's own stands for. */
  async function subdomain(): Promise<string> {
    return page.evaluate(async (group) => (await (await fetch(`/api/v1/groups/${group}`)).json()).subdomain, group)
  }
})

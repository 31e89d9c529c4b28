// Draws the pictures of the user guide and of the README into `docs/guide/pictures`: `npm run pictures`, after a build, with
// `PAIFANG_BINARY` and `CHROMIUM` as for the stories.
import { mkdir } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { startBackend } from '../stories/backend'
import { begin, type Look } from '../stories/browser'
import { shell } from '../stories/call'
import { Hand } from '../stories/hand'
import { call, post, publish } from '../stories/rest'
import { words } from '../stories/words'

const folder = new URL('../../docs/guide/pictures/', import.meta.url).pathname
const certificates = new URL('../stories/certificates/', import.meta.url).pathname
const BYTES_AT_MOST = 150_000

const looks: readonly Look[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh-CN', theme: 'light' },
]

describe.each(looks)('in $language', async (look) => {
  const { gateway, page, end } = await begin(look)
  const backend = await startBackend()
  afterAll(() => Promise.all([end(), backend.stop()]))
  await mkdir(folder, { recursive: true })
  await page.setViewportSize({ width: 1180, height: 700 })
  const t = words(look)
  const hand = new Hand(page, t)
  const go = async (path: string) => {
    await page.goto(`${gateway.console}${path}`)
    await page.locator('main h1').waitFor()
  }

  async function draw(name: string): Promise<void> {
    await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
    const picture = await page.screenshot({ path: `${folder}${name}.${look.language}.png`, animations: 'disabled' })
    expect(picture.length, name).toBeLessThan(BYTES_AT_MOST)
  }

  test('first call', async () => {
    await go('/start')
    await hand.type(t.start.url, backend.url)
    await page.keyboard.press('Escape')
    await hand.press(t.start.go)
    const line = await page.getByTestId('curl').innerText()
    await shell(line)
    await page.locator('.ant-timeline').waitFor()
    await draw('first-call')
  })

  test('the rest', async () => {
    const scene = await makeScene(page, backend.url)
    await go(`/apis/${scene.stock}/edit`)
    await page.locator('.ant-steps-item').nth(2).click()
    await page.getByText('stock-server').first().waitFor()
    await draw('vpc')
    await go(`/apps/${scene.app}`)
    await draw('app')
    await go(`/groups/${scene.shop}/domains`)
    await hand.press('HTTPS', hand.row('shop.example.com'))
    await hand.dialog.getByText('shop_2026').first().waitFor()
    await draw('https')
    await go(`/apis/${scene.api}/history?from=1&to=2`)
    await hand.dialog.waitFor()
    await draw('history')
    await go(`/policies/throttling/${scene.policy}`)
    await draw('policy')
    await go(`/policies/access-control/${scene.list}`)
    await draw('access')
    await go(`/app-quotas/${scene.quota}`)
    await draw('quota')
    await go(`/backend-services/${scene.service}?tab=${scene.release}`)
    await draw('service')
    await go(`/groups/${scene.shop}/variables`)
    await draw('variables')
    await go(`/channels/${scene.channel}`)
    await page.getByText(t.channels.states.healthy, { exact: true }).first().waitFor()
    await draw('channel')
    await page.setViewportSize({ width: 1400, height: 860 })
    await go(`/apis/${scene.api}/debug`)
    await hand.type(`${t.apis.debug.pathParameters}: id`, '7')
    await hand.press(t.apis.debug.send)
    await page.getByRole('region', { name: t.apis.debug.answer }).waitFor()
    await page.evaluate(() => window.scrollTo(0, 0))
    await draw('debug')
  })

  test('monitoring', { timeout: 420_000 }, async () => {
    await page.setViewportSize({ width: 1180, height: 900 })
    const group = await post(page, '/groups', { dialect: 'alibaba', name: 'counter' })
    await post(page, `/groups/${group.id}/domains`, { host: 'counter.example.com' })
    const definition = { name: 'read_counter', request: { method: 'GET', path: '/counter' }, auth: { kind: 'none' }, backend: { kind: 'http', to: { kind: 'address', url: backend.url }, method: 'GET', path: '/' } }
    const api = (await post(page, `/groups/${group.id}/apis`, definition)).id
    await publish(page, api, 'alibaba')
    const calls = callOften(`${gateway.http}`)
    // A chart of a single minute shows nothing.
    const minutes = async () => (await call<{ points: { requests: number }[] }>(page, 'GET', `/metrics?group=${group.id}`)).points.filter(({ requests }) => requests > 0).length
    await expect.poll(minutes, { timeout: 360_000, interval: 2_000 }).toBeGreaterThanOrEqual(MINUTES)
    await calls.stop()
    await go('/metrics')
    await page.getByRole('figure', { name: t.metrics.requests }).waitFor()
    await draw('monitoring')
  })
})

/** So many minutes have calls in the picture of the charts. */
const MINUTES = 3

/** Calls of a group's domain, some of a path that there is not, in waves. */
function callOften(address: string): { readonly stop: () => Promise<void> } {
  const stopped = new AbortController()
  const one = (path: string) => new Promise<void>((resolve) => {
    get(`${address}${path}`, { headers: { host: 'counter.example.com' } }, (answer) => answer.resume().once('end', () => resolve())).once('error', () => resolve())
  })
  const run = async () => {
    for (let n = 0; !stopped.signal.aborted; n++) {
      await one(n % 17 === 0 ? '/missing' : '/counter')
      await pause(120 + 100 * Math.sin(Date.now() / 25_000))
    }
  }
  const running = run()
  return {
    stop: () => {
      stopped.abort()
      return running
    },
  }
}

interface Scene {
  readonly shop: string
  readonly api: string
  readonly stock: string
  readonly app: string
  readonly policy: string
  readonly channel: string
  readonly list: string
  readonly quota: string
  readonly service: string
  readonly release: string
}

async function makeScene(page: Page, backend: string): Promise<Scene> {
  const { hostname, port } = new URL(backend)
  const id = async (path: string, body: unknown) => (await post(page, path, body)).id
  const shop = await id('/groups', { dialect: 'alibaba', name: 'shop' })
  const access = await id('/backend-accesses', { name: 'stock-server', network: 'vpc-2zes0tl', instance: 'i-2zeexample', port: Number(port), address: hostname })
  const goods = (path: string) => ({
    name: 'read_goods',
    request: { method: 'GET', path: '/goods/[id]' },
    auth: { kind: 'none' },
    parameters: [{ name: 'id', location: 'path', type: 'int', required: true, minimum: '1' }],
    backend: { kind: 'http', to: { kind: 'address', url: backend }, method: 'GET', path },
    backend_parameters: [{ name: 'id', location: 'path', origin: { from: 'parameter', name: 'id' } }],
  })
  const api = await id(`/groups/${shop}/apis`, goods('/v1/goods/[id]'))
  await publish(page, api, 'alibaba')
  await call(page, 'PUT', `/apis/${api}`, goods('/v2/goods/[id]'))
  await publish(page, api, 'alibaba')
  const stock = await id(`/groups/${shop}/apis`, { name: 'read_stock', request: { method: 'GET', path: '/stock', mode: 'passthrough' }, auth: { kind: 'app', app_code: 'header_or_query' }, backend: { kind: 'http', to: { kind: 'access', access }, method: 'GET', path: '/' } })
  await publish(page, stock, 'alibaba')
  const app = await id('/apps', { name: 'tea-house', description: 'Our first partner' })
  await post(page, `/apps/${app}/codes`, {})
  const certificate = await id('/certificates', { name: 'shop_2026', chain: readFileSync(`${certificates}shop.pem`, 'utf8'), key: readFileSync(`${certificates}shop.key`, 'utf8') })
  await post(page, `/groups/${shop}/domains`, { host: 'shop.example.com', tls: { certificate, plain: 'redirected' } })
  const { items: stages } = await call<{ items: { id: string; name: string }[] }>(page, 'GET', '/stages?dialect=alibaba')
  const release = stages.find(({ name }) => name === 'RELEASE')?.id
  await post(page, `/groups/${shop}/stages/${release}/variables`, { name: 'Stock', value: '10.0.3.7:8080' })
  const count = await id('/groups', { dialect: 'huawei', name: 'count' })
  const counted = await id(`/groups/${count}/apis`, { name: 'count_goods', request: { method: 'GET', path: '/count' }, auth: { kind: 'none' }, backend: { kind: 'mock', body: '2' } })
  await publish(page, counted, 'huawei')
  const policy = await id('/policies', { dialect: 'huawei', kind: 'throttle', name: 'hundred_a_minute', settings: { time_interval: 1, time_unit: 'MINUTE', api_call_limits: 100, app_call_limits: 20 } })
  const { items: environments } = await call<{ items: { id: string; name: string }[] }>(page, 'GET', '/stages?dialect=huawei')
  await call(page, 'POST', `/policies/${policy}/bindings`, [{ api: counted, stage: environments.find(({ name }) => name === 'RELEASE')?.id }])
  const channel = await id('/channels', { name: 'paper-servers', port: Number(port), health: { enabled: true, interval_s: 2, timeout_s: 1, healthy_after: 1, unhealthy_after: 1 }, members: [{ host: hostname, weight: 7 }, { host: 'localhost', weight: 3 }] })
  const list = await id('/policies', { dialect: 'huawei', kind: 'address_list', name: 'office', settings: { acl_type: 'PERMIT', acl_value: '192.0.2.0/24, 198.51.100.5-198.51.100.10, 2001:db8::1' } })
  await call(page, 'POST', `/policies/${list}/bindings`, [{ api: counted, stage: environments.find(({ name }) => name === 'RELEASE')?.id }])
  const service = await id('/backend-services', { name: 'pets_service', kind: 'http', description: 'Where pets are' })
  await call(page, 'PUT', `/backend-services/${service}/definitions/${release}`, { target: { kind: 'http', to: { kind: 'address', url: 'http://pets.internal:8080' } } })
  for (const name of ['list_pets', 'read_pet']) {
    const pets = await id(`/groups/${shop}/apis`, { name, request: { method: 'GET', path: `/${name}` }, auth: { kind: 'none' }, backend: { kind: 'service', service, method: 'GET', path: '/' } })
    await publish(page, pets, 'alibaba')
  }
  const quota = await id('/app-quotas', { name: 'thousand_a_day', calls: 1000, interval: 1, unit: 'day', first_reset: Date.UTC(2026, 0, 1) })
  for (const name of ['rice-shop', 'book-store']) await post(page, '/apps', { name, quota })
  return { shop, api, stock, app, policy, channel, list, quota, service, release: release ?? '' }
}

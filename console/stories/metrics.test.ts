// Monitoring: real calls are made, and their figures appear on the charts and in the table.
import { get } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { startBackend } from './backend'
import { begin, checkPage, type Look, looks, open, signIn } from './browser'
import { Hand } from './hand'
import { post, publish } from './rest'
import { words } from './words'

const [english] = looks as [Look]
const { gateway, browser, page, end } = await begin(english)
const backend = await startBackend()
afterAll(() => Promise.all([end(), backend.stop()]))

const group = await post(page, '/groups', { dialect: 'alibaba', name: 'pet_shop' })
await post(page, `/groups/${group.id}/domains`, { host: 'pets.example.com' })
const definition = { name: 'list_pets', request: { method: 'GET', path: '/pets' }, auth: { kind: 'none' }, backend: { kind: 'http', to: { kind: 'address', url: backend.url } } }
const api = (await post(page, `/groups/${group.id}/apis`, definition)).id
await publish(page, api, 'alibaba')

/** Calls as clients make them, by their path. */
async function call(path: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await new Promise((resolve, reject) => {
      get(`${gateway.http}${path}`, { headers: { host: 'pets.example.com' } }, (answer) => answer.resume().once('end', resolve)).once('error', reject)
    })
  }
}

const hand = new Hand(page, words(english))
const chart = (name: string) => page.getByRole('img', { name })

test('before there were calls the charts say so', async () => {
  await page.goto(`${gateway.console}/metrics`)
  await chart('Requests: Requests 0').waitFor()
  await checkPage(page, 'metrics-none', english)
})

test('calls that were just made are on the charts', async () => {
  await call('/pets', 12)
  await call('/cats', 3)
  await page.goto(`${gateway.console}/metrics`)
  await chart('Requests: Requests 15').waitFor()
  await chart('Errors: 4xx 3, 5xx 0, Refused 3, Failed 0').waitFor()
  expect(await chart('Latency').getAttribute('aria-label')).toMatch(/Average \d.* Longest \d.* Backend average \d/)
  await checkPage(page, 'metrics', english)
})

test('who points at a time sees its values', async () => {
  const plot = chart('Requests: Requests 15')
  const box = await plot.boundingBox()
  if (box === null) throw new Error('the chart is not drawn')
  await page.mouse.move(box.x + box.width - 14, box.y + box.height / 2)
  await page.getByRole('figure', { name: 'Requests' }).locator('time').waitFor()
})

test('the table has the same figures, and its view is in the URL', async () => {
  await hand.pick('Table')
  await page.waitForURL(/view=table/)
  const rows = await page.getByRole('row').filter({ hasText: /\d{4}/ }).all()
  const counts = await Promise.all(rows.map(async (row) => Number(await row.getByRole('cell').nth(1).textContent())))
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(15)
  await checkPage(page, 'metrics-table', english)
})

test('a longer time has longer steps', async () => {
  await hand.pick('2 days')
  await page.waitForURL(/range=2d/)
  await hand.pick('Charts')
  await chart('Requests: Requests 15').waitFor()
})

test('figures are of a group where one is chosen', async () => {
  await page.goto(`${gateway.console}/metrics`)
  await hand.choose(hand.t.groups.one, 'pet_shop')
  await page.waitForURL(/group=/)
  await chart('Requests: Requests 12').waitFor()
})

test('an API has a tab of its own, by stage', async () => {
  await page.goto(`${gateway.console}/apis/${api}`)
  await page.getByRole('tab', { name: 'Monitoring' }).click()
  await page.waitForURL(/\/metrics/)
  await chart('Requests: Requests 12').waitFor()
  await checkPage(page, 'api-metrics', english)
  await hand.choose('Stage', 'TEST')
  await page.waitForURL(/stage=/)
  await chart('Requests: Requests 0').waitFor()
})

test('a failed read is told with its request id, never shown as no calls', async () => {
  await page.goto(`${gateway.console}/metrics?group=${'0'.repeat(32)}`)
  await page.getByText('Request ID').waitFor()
  expect(await page.getByRole('img', { name: 'Requests' }).count()).toBe(0)
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const t = words(look)
  const other = await open(browser, look)
  await signIn(other, gateway)
  for (const [name, path] of [['metrics', '/metrics?range=6h'], ['api-metrics', `/apis/${api}/metrics`], ['metrics-table', '/metrics?view=table']] as const) {
    await other.goto(`${gateway.console}${path}`)
    await other.getByText(t.metrics.errorRate).first().waitFor()
    await checkPage(other, name, look)
  }
  await other.context().close()
})

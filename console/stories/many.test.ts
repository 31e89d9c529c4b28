// A list that is long: a thousand APIs, ten thousand with PAIFANG_SOAK set. A page of it costs what a page costs.
import { afterAll, expect, test } from 'vitest'
import { begin, checkPage, looks } from './browser'
import { fillApis, post } from './rest'

const COUNT = process.env['PAIFANG_SOAK'] === undefined ? 1_000 : 10_000
/** Filling takes a commit for each. */
const FILLING_MS = COUNT * 60
const TURNS = 20

const [look] = looks as [(typeof looks)[0]]
const { gateway, page, end } = await begin(look)
afterAll(end)
const rows = () => page.locator('tbody tr.ant-table-row')

test(`${COUNT} APIs are made`, { timeout: FILLING_MS }, async () => {
  const group = (await post(page, '/groups', { dialect: 'alibaba', name: 'many_group' })).id
  await fillApis(page, group, COUNT)
  await page.goto(`${gateway.console}/apis`)
  await page.getByText(`${COUNT.toLocaleString('en')} in all`).waitFor()
  await checkPage(page, 'many', look)
})

test.each([20, 100])('pages of %d follow one another', async (size) => {
  await page.goto(`${gateway.console}/apis?size=${size}`)
  await rows().first().waitFor()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/apis?')) asked.push(request.url())
  })
  const turns = Math.min(TURNS, COUNT / size - 1)
  const seen = new Set(await keys())
  const took: number[] = []
  for (let turn = 1; turn <= turns; turn += 1) {
    took.push(await page.evaluate(turnPage))
    const shown = await keys()
    expect(shown.length).toBe(size)
    for (const key of shown) seen.add(key)
    expect(new URL(page.url()).searchParams.get('page')).toBe(String(turn + 1))
  }
  // Nothing came twice, nothing was left out, and every turn asked for one page.
  expect(seen.size).toBe((turns + 1) * size)
  expect(asked.length).toBe(turns)
  expect(asked.every((url) => url.includes(`limit=${size}`))).toBe(true)
  page.removeAllListeners('request')
  const sorted = took.toSorted((a, b) => a - b)
  console.log(`a page of ${size} of ${COUNT}: median ${sorted[Math.floor(turns / 2)]?.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms of ${turns}`)
})

test('the last page is as near as the first, and a name finds one of all', async () => {
  await page.goto(`${gateway.console}/apis`)
  await page.locator('.ant-pagination-item').last().click()
  await page.waitForURL(new RegExp(`page=${COUNT / 20}`))
  await expect.poll(() => rows().count()).toBe(20)
  await page.getByLabel('Search by name').fill(`api_${COUNT - 1}`)
  await page.getByText('1 in all').waitFor()
  await page.getByRole('link', { name: `api_${COUNT - 1}` }).waitFor()
})

function keys(): Promise<string[]> {
  return rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-row-key') ?? ''))
}

/** Turns to the next page; gives the milliseconds until it is painted. Runs there. */
async function turnPage(): Promise<number> {
  const first = () => document.querySelector('tbody tr.ant-table-row')?.getAttribute('data-row-key')
  const before = first()
  const begun = performance.now()
  document.querySelector<HTMLElement>('.ant-pagination-next button')?.click()
  await new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => {
      if (first() === before) return
      watch.disconnect()
      resolve()
    })
    watch.observe(document.body, { childList: true, subtree: true, attributes: true })
  })
  await new Promise(requestAnimationFrame)
  return performance.now() - begun
}

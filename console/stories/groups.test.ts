// Groups: made, found, changed and deleted, by somebody who was asked to sign in first.
import { type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPage, launch, looks, open, signIn } from './browser'
import { type Gateway, start } from './gateway'
import { post } from './rest'
import { words } from './words'

let gateway: Gateway
let browser: Browser
beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([start(), launch()])
})
afterAll(async () => {
  await browser?.close()
  await gateway?.stop()
})

test('a wrong password is told with the id of the request', async () => {
  const page = await open(browser, looks[0]!)
  await page.goto(`${gateway.console}/groups?dialect=huawei`)
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Request ID').waitFor()
  await page.context().close()
})

test('signing in leads to where one wanted to be', async () => {
  const page = await open(browser, looks[0]!)
  await page.goto(`${gateway.console}/groups?dialect=huawei`)
  await checkPage(page, 'sign-in', looks[0]!)
  await page.getByLabel('Password', { exact: true }).fill('stories-owner-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Nothing matches these filters').waitFor()
  expect(page.url()).toContain('dialect=huawei')
  await page.context().close()
})

describe('in English', () => {
  let page: Page
  beforeAll(async () => {
    page = await open(browser, looks[0]!)
    await signIn(page, gateway)
  })
  afterAll(() => page.context().close())

  test('a group is made, and complaints stand at their fields', async () => {
    await page.getByRole('button', { name: 'Create group' }).click()
    await page.getByLabel('Name', { exact: true }).fill('no spaces!')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await checkPage(page, 'group-complaints', looks[0]!)
    await page.getByLabel('Name', { exact: true }).fill('pets_group')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('heading', { name: 'pets_group' }).waitFor()
    await checkPage(page, 'group', looks[0]!)
  })

  test('what was typed and not saved is kept', async () => {
    await page.goto(`${gateway.console}/groups/new`)
    await page.getByLabel('Name', { exact: true }).fill('later')
    await page.goto(`${gateway.console}/groups`)
    await page.goto(`${gateway.console}/groups/new`)
    await page.getByText('What you entered before is still here.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('later')
    await page.getByRole('button', { name: 'Discard it' }).click()
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('')
  })

  test('the palette opens it by name', async () => {
    await page.goto(`${gateway.console}/apis`)
    await page.getByRole('heading', { name: 'APIs' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('pets')
    await page.getByRole('option', { name: 'pets_group' }).waitFor()
    await checkPage(page, 'palette', looks[0]!)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'pets_group' }).waitFor()
  })

  test('no page begins with what was there before a change', async () => {
    await page.goto(`${gateway.console}/groups`)
    await page.getByRole('link', { name: 'pets_group' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Name', { exact: true }).fill('pets_club')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'pets_club' }).waitFor()
    const list = await held(page, /\/api\/v1\/groups\?/)
    const seen = await page.evaluateHandle(watch, 'pets_group')
    await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'API groups' }).click()
    await list.asked
    list.release()
    await page.getByRole('link', { name: 'pets_club' }).waitFor()
    expect(await seen.evaluate(({ count }) => count)).toBe(0)
  })

  test('what cuts its callers off asks to type DELETE', async () => {
    await page.goto(`${gateway.console}/groups`)
    await page.getByRole('link', { name: 'pets_club' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Base path').fill('/v2')
    await page.getByText('Calls to the paths that its APIs have now').waitFor()
    await page.getByLabel('Calls through the subdomain are answered').click()
    await page.getByText('Calls through the subdomain are refused').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Type DELETE first').waitFor()
    await checkPage(page, 'group-cuts-off', looks[0]!)
    await page.getByLabel('Type DELETE to confirm').fill('DELETE')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'pets_club', exact: true }).waitFor()
    await page.getByText('/v2', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Calls through the subdomain are answered').click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'pets_club', exact: true }).waitFor()
  })

  test('a search is in the URL', async () => {
    await page.goto(`${gateway.console}/groups`)
    await page.getByLabel('Search by name').fill('pets')
    await page.waitForURL(/search=pets/)
    await page.getByRole('link', { name: 'pets_club' }).waitFor()
  })

  test('the selected groups are copied as documents', async () => {
    const copy = page.getByRole('button', { name: 'Copy as YAML' })
    await copy.hover()
    await page.getByText('Select rows first').waitFor()
    await page.getByRole('row', { name: /pets_club/ }).getByRole('checkbox').check()
    await copy.click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^kind: group\n[^]*name: pets_club\n/)
  })

  test('deleting asks to type DELETE', async () => {
    await page.getByRole('button', { name: 'Delete' }).first().click()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Delete' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Type DELETE to confirm').fill('DELETE')
    await checkPage(page, 'delete', looks[0]!)
    await confirm.click()
    await page.getByText('Nothing matches these filters').waitFor()
  })
})

describe.each(looks)('sorted in $language, $theme', (look) => {
  const t = words(look)
  const NEWEST = ['ants_club', 'Cats_club', 'bees_club']
  let page: Page
  beforeAll(async () => {
    page = await open(browser, look)
    await signIn(page, gateway)
    if (look !== looks[0]) return
    for (const name of NEWEST.toReversed()) {
      const { id } = await post(page, '/groups', { dialect: 'alibaba', name })
      await post(page, `/groups/${id}/domains`, { host: `${name.replace('_', '.').toLowerCase()}.example.com` })
    }
  })
  afterAll(() => page.context().close())
  const heading = (text: string) => page.getByRole('columnheader', { name: new RegExp(`^${text}`) })
  const shown = () => page.getByRole('link', { name: /_club$/ }).allTextContents()

  test('a heading that is clicked sorts, and the order survives a reload', async () => {
    await page.goto(`${gateway.console}/groups?search=_club`)
    await expect.poll(shown).toEqual(NEWEST)
    await heading(t.common.name).click()
    await page.waitForURL(/sort=name/)
    await expect.poll(shown).toEqual(['Cats_club', 'ants_club', 'bees_club'])
    expect(await heading(t.common.name).getAttribute('aria-sort')).toBe('ascending')
    expect(await heading(t.common.created).getAttribute('aria-sort')).toBeNull()
    await checkPage(page, 'sorted', look)
    await page.reload()
    await expect.poll(shown).toEqual(['Cats_club', 'ants_club', 'bees_club'])
    expect(await heading(t.common.name).getAttribute('aria-sort')).toBe('ascending')
  })

  test('so does the keyboard, and what is usual is not in the URL', async () => {
    await heading(t.common.name).press('Enter')
    await page.waitForURL(/sort=-name/)
    await expect.poll(shown).toEqual(['bees_club', 'ants_club', 'Cats_club'])
    expect(await heading(t.common.name).getAttribute('aria-sort')).toBe('descending')
    await heading(t.common.created).press('Enter')
    await page.waitForURL((url) => !url.search.includes('sort'))
    await expect.poll(shown).toEqual(NEWEST)
    await heading(t.common.created).press('Enter')
    await page.waitForURL(/sort=created/)
    await expect.poll(shown).toEqual(NEWEST.toReversed())
  })

  test('a group’s domains and the stages are searched by name', async () => {
    await page.getByRole('link', { name: 'bees_club' }).click()
    await page.getByRole('navigation', { name: t.groups.one }).getByRole('link', { name: t.groups.tabs.domains }).click()
    const host = page.getByText('bees.club.example.com')
    await host.waitFor()
    await page.getByLabel(t.common.search).fill('ants')
    await host.waitFor({ state: 'detached' })
    await page.getByLabel(t.common.search).fill('BEES')
    await host.waitFor()
    await page.goto(`${gateway.console}/stages?search=re&sort=name`)
    await expect.poll(() => page.locator('tbody tr.ant-table-row td:nth-child(2)').allInnerTexts()).toEqual([
      expect.stringMatching(/^PRE/),
      expect.stringMatching(/^RELEASE/),
      expect.stringMatching(/^RELEASE/),
    ])
  })
})

test.each(looks)('the lists in $language, $theme', async (look) => {
  const page = await open(browser, look)
  await signIn(page, gateway)
  await checkPage(page, 'groups', look)
  await page.goto(`${gateway.console}/apis`)
  await page.getByRole('table').first().waitFor()
  await checkPage(page, 'apis', look)
  await page.goto(`${gateway.console}/groups/new`)
  await page.locator('form').waitFor()
  await checkPage(page, 'group-new', look)
  await page.goto(`${gateway.console}/nowhere`)
  await page.getByText(words(look).shell.notFound).waitFor()
  await checkPage(page, 'not-found', look)
  await page.context().close()
})

/** Answers to such calls wait until they are let go. */
async function held(page: Page, url: RegExp): Promise<{ readonly asked: Promise<unknown>; readonly release: () => void }> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(url, async (route) => {
    await released
    await route.continue()
  })
  return { asked: page.waitForRequest(url), release }
}

/** Counts the links with this text that are ever on the page; runs there. */
function watch(text: string): { count: number } {
  const seen = { count: 0 }
  const look = () => {
    seen.count += [...document.querySelectorAll('a')].filter((link) => link.textContent === text).length
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  return seen
}

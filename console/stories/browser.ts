// Chromium as Debian has it, a page in a language and a theme, and what every page must hold to.
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Gateway, PASSWORD, start } from './gateway'

export interface Look {
  readonly language: 'en' | 'zh-CN'
  readonly theme: 'light' | 'dark'
}

export const looks: readonly Look[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh-CN', theme: 'dark' },
]

/** Nothing is judged by its time; this is when a story gives up, on a machine that has much else to do. */
const PATIENCE_MS = 60_000

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A page that fails its story when the console fails: an exception, or a script that the policy refuses. */
export async function open(browser: Browser, look: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: look.language, colorScheme: look.theme, reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  page.on('pageerror', (error) => {
    throw error
  })
  return page
}

/** What a file of stories begins with, and how it ends. */
export interface Begun {
  readonly gateway: Gateway
  readonly browser: Browser
  /** Signed in, in the look that was asked for. */
  readonly page: Page
  readonly end: () => Promise<void>
}

export async function begin(look: Look): Promise<Begun> {
  const [gateway, browser] = await Promise.all([start(), launch()])
  const page = await open(browser, look)
  await signIn(page, gateway)
  const end = async () => {
    await browser.close()
    await gateway.stop()
  }
  return { gateway, browser, page, end }
}

export async function signIn(page: Page, gateway: Gateway): Promise<void> {
  await page.goto(`${gateway.console}/groups`)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.getByRole('navigation').waitFor()
}

interface Finding {
  readonly id: string
  readonly impact: string
  readonly help: string
  readonly nodes: { readonly html: string; readonly failureSummary: string }[]
}

/** No finding of axe that is serious; a picture is left to look at. */
export async function checkPage(page: Page, name: string, look: Look): Promise<void> {
  await page.screenshot({ path: `stories/shots/${name}.${look.language}.${look.theme}.png`, fullPage: true })
  // A note that fades has no contrast at any moment.
  await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
  // Colours on their way to others are nobody's contrast.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // By `evaluate`, for the page's policy refuses a script that is written into it.
  await page.evaluate(await source())
  const findings: Finding[] = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)')
  const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`))
  expect(told, `${name} in ${look.language}, ${look.theme}`).toEqual([])
}

let text: string | undefined
async function source(): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  text ??= await readFile(axe, 'utf8')
  return text
}

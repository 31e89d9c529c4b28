// What a hand does on a page: it presses, types and chooses what the words name.
import type { Locator, Page } from 'playwright-core'
import type { Messages } from '../src/i18n/types'

type Place = Page | Locator

export class Hand {
  constructor(
    readonly page: Page,
    readonly t: Messages,
  ) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  field(label: string, place: Place = this.page): Locator {
    return place.getByLabel(label, { exact: true })
  }

  async press(name: string, place: Place = this.page): Promise<void> {
    await place.getByRole('button', { name: called(name) }).first().click()
  }

  async type(label: string, text: string, place: Place = this.page): Promise<void> {
    await this.field(label, place).fill(text)
  }

  /** From a list that drops down, and is gone afterwards. */
  async choose(label: string, option: string, place: Place = this.page): Promise<void> {
    const box = place.getByRole('combobox', { name: called(label) })
    await box.click()
    const list = this.page.locator('.ant-select-dropdown:visible')
    await list.locator('.ant-select-item-option', { hasText: new RegExp(`^${literal(option)}$`) }).click()
    const takesMore = await box.evaluate((element) => element.closest('.ant-select-multiple') !== null)
    if (takesMore) await this.page.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
  }

  /** The radio button or the box with these words. */
  async pick(words: string, place: Place = this.page): Promise<void> {
    await place.locator('label').filter({ has: this.page.getByText(words, { exact: true }) }).click()
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true })
  }

  row(text: string): Locator {
    return this.page.getByRole('row').filter({ hasText: text })
  }

  /** The secret that is shown now; it is put away. */
  async copySecret(): Promise<string> {
    const done = this.dialog.getByRole('button', { name: called(this.t.secrets.copied) })
    await done.waitFor()
    const secret = await this.dialog.locator('code').last().innerText()
    await done.click()
    await this.away()
    return secret
  }

  /** Where it is asked to type DELETE. */
  async agree(place: Place = this.page): Promise<void> {
    await this.type(this.t.common.deletePrompt, 'DELETE', place)
  }

  /** A dialog that asks to type DELETE. */
  async confirm(button: string): Promise<void> {
    await this.agree(this.dialog)
    await this.press(button, this.dialog)
    await this.away()
  }

  /** No dialog is there any more: one may still leave while another does. */
  async away(): Promise<void> {
    await this.page.locator('[role=dialog]:visible').first().waitFor({ state: 'detached' })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }
}

/** An icon or a star may stand before the words, and the widgets part two Chinese characters. */
export function called(name: string): RegExp {
  const words = /^[\u4e00-\u9fff]{2}$/.test(name) ? `${name[0]} ?${name[1]}` : literal(name)
  return new RegExp(`^([a-z]+ |\\* ?)?${words}$`)
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

// Users, and the access keys with which programs sign management calls.
import { afterAll, expect, test } from 'vitest'
import { begin, checkPage, looks, open, signIn } from './browser'

const [english] = looks as [(typeof looks)[0]]
const { gateway, browser, page, end } = await begin(english)
afterAll(end)

const dialog = () => page.getByRole('dialog')

test('who is signed in cannot be deleted, and the button says so', async () => {
  await page.goto(`${gateway.console}/users`)
  const row = page.getByRole('row', { name: /admin/ })
  const remove = row.getByRole('button', { name: 'Delete' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await remove.hover()
  await page.getByText('Not the user who is signed in').first().waitFor()
})

test('a user is made, who may look and not change', async () => {
  await page.getByRole('button', { name: 'Create user' }).click()
  await page.getByLabel('Name', { exact: true }).fill('auditor')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.locator('.ant-form-item-explain-error').first().waitFor()
  await checkPage(page, 'user-complaints', english)
  await page.getByLabel('Password', { exact: true }).fill('a-good-password')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('heading', { name: 'auditor' }).waitFor()

  const other = await open(browser, english)
  await other.goto(`${gateway.console}/apps`)
  await other.getByLabel('User name').fill('auditor')
  await other.getByLabel('Password', { exact: true }).fill('a-good-password')
  await other.getByRole('button', { name: 'Sign in' }).click()
  const create = other.getByRole('button', { name: 'Create app' })
  await create.waitFor()
  expect(await create.getAttribute('aria-disabled')).toBe('true')
  await create.hover()
  await other.getByText('Your role may look and not change').first().waitFor()
  await other.context().close()
})

test('an access key is made, its secret shown once, and refused', async () => {
  const keys = page.getByRole('region', { name: 'Access keys' })
  await keys.getByRole('button', { name: 'Create access key' }).click()
  await dialog().getByText('it is not shown again').waitFor()
  await checkPage(page, 'access-key', english)
  expect((await dialog().locator('code').last().innerText()).length).toBeGreaterThan(15)
  await dialog().getByRole('button', { name: 'I have copied it' }).click()
  await keys.getByRole('button', { name: 'Disable' }).click()
  await keys.getByText('Disabled').waitFor()
  await keys.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await keys.getByText('With an access key, programs').waitFor()
})

test('role, password and whether it may sign in are changed', async () => {
  await page.getByRole('button', { name: 'Change role' }).click()
  await dialog().getByLabel('Owner: may do everything').check()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: 'Owner: may do everything' }).waitFor()
  await page.getByRole('button', { name: 'Set password' }).click()
  await dialog().getByLabel('New password').fill('another-password')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Disable' }).first().click()
  await page.getByText('Disabled', { exact: true }).first().waitFor()
})

test.each(looks)('the pages in $language, $theme', async (look) => {
  const other = await open(browser, look)
  await signIn(other, gateway)
  await other.goto(`${gateway.console}/users`)
  await other.getByRole('link', { name: 'auditor' }).waitFor()
  await checkPage(other, 'users', look)
  await other.getByRole('link', { name: 'auditor' }).click()
  await other.getByRole('heading', { name: 'auditor' }).waitFor()
  await checkPage(other, 'user', look)
  await other.goto(`${gateway.console}/users/new`)
  await other.locator('form').waitFor()
  await checkPage(other, 'user-new', look)
  await other.context().close()
})

test('the user is deleted', async () => {
  await page.getByRole('button', { name: 'Delete' }).first().click()
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE')
  await dialog().getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('heading', { name: 'Users' }).waitFor()
  await page.getByRole('link', { name: 'auditor' }).waitFor({ state: 'detached' })
})

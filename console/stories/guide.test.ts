// The user guide: its files are written, its commands run, in its order, against the real binary. Both languages have the
// same ones.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { startBackend } from './backend'
import { BINARY, start } from './gateway'
import { words } from './words'

const run = promisify(execFile)
const guide = new URL('../../docs/guide/', import.meta.url).pathname

interface Block {
  readonly kind: 'yaml' | 'sh' | 'text'
  readonly text: string
}

const [gateway, backend, folder] = await Promise.all([start(), startBackend(), mkdtemp(join(tmpdir(), 'paifang-guide-'))])
afterAll(async () => {
  await Promise.all([gateway.stop(), backend.stop()])
  await rm(folder, { recursive: true, force: true })
})

test('both languages have the same files, commands and answers', async () => {
  expect(await blocks('README.zh-CN.md')).toEqual(await blocks('README.md'))
})

test.each([
  { language: 'en', file: 'README.md', label: /(?<!\*)\*([^*\n]+)\*(?!\*)/g },
  { language: 'zh-CN', file: 'README.zh-CN.md', label: /“([^”]+)”/g },
] as const)('what the guide presses in $language is what the console says', async ({ language, file, label }) => {
  const said = new Set([...texts(words({ language, theme: 'light' })), 'HTTPS'])
  const text = (await readFile(join(guide, file), 'utf8')).replaceAll(/^```.*?^```$/gms, '')
  const named = [...text.matchAll(label)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !said.has(name))).toEqual([])
})

test('every command does what the guide says', { timeout: 120_000 }, async () => {
  await symlink(resolve(BINARY), join(folder, 'paifang'))
  let said = ''
  for (const { kind, text } of await blocks('README.md')) {
    if (kind === 'yaml') await write(here(text))
    if (kind === 'sh') said = await shell(here(text))
    if (kind === 'text') for (const line of here(text).trim().split('\n')) expect(said.toLowerCase()).toContain(line.toLowerCase())
  }
})

/** Every text of the console; what stands in one is called `id` here. */
function texts(messages: unknown): string[] {
  if (typeof messages === 'string') return [messages]
  if (typeof messages === 'function') return texts(messages('id', 'id'))
  return Object.values(messages as object).flatMap(texts)
}

async function blocks(file: string): Promise<Block[]> {
  const text = await readFile(join(guide, file), 'utf8')
  return [...text.matchAll(/^```(yaml|sh|text)\n(.*?)^```$/gms)].map(([, kind, inner]) => ({ kind: kind as Block['kind'], text: inner ?? '' }))
}

/** The guide's addresses are the usual ones; here everything has a port of its own. */
function here(text: string): string {
  const port = (address: string) => address.split(':').at(-1) ?? ''
  return text
    .replaceAll(/(127\.0\.0\.1|localhost):8080/g, `127.0.0.1:${port(gateway.http)}`)
    .replaceAll('localhost:8443', `localhost:${port(gateway.https)}`)
    .replaceAll('127.0.0.1:9000', new URL(gateway.console).host)
    .replaceAll(/:( ?)3000\b/g, `:$1${port(backend.url)}`)
}

/** Its first line says where it belongs. */
async function write(text: string): Promise<void> {
  const name = /^# (\S+)\n/.exec(text)?.[1]
  if (name === undefined) throw new Error(`a file without a name: ${text}`)
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), text)
}

let environment: Record<string, string | undefined> = { ...process.env }

/** What a person would see; what is exported stays. */
async function shell(lines: string): Promise<string> {
  const env = { ...environment, PATH: `${folder}:${process.env['PATH']}`, PAIFANG_DATA_DIR: gateway.data }
  const { stdout } = await run('/bin/sh', ['-euc', lines], { cwd: folder, env }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${lines}\n${error.stdout}\n${error.stderr}`)
  })
  const exported = [...lines.matchAll(/(?<=^export .*)\b([A-Z_]+)=(\S+)/gm)].map(([, name, value]) => [name, value])
  environment = { ...environment, ...Object.fromEntries(exported) }
  return stdout
}

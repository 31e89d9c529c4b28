// What a browser loads before the first list is there, in the language that loads most.
import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'

const LIMIT = 400 * 1024
const folder = new URL('../dist/app/', import.meta.url).pathname

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

test('the initial load is at most 400 KB compressed', () => {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'))
  const files = new Set<string>(['index.html'])
  const add = (name: string) => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`the build has no ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const inner of chunk.imports ?? []) add(inner)
  }
  for (const name of ['index.html', 'src/i18n/zh/index.ts', 'src/shell/shell.tsx', 'src/pages/groups/list.tsx']) add(name)
  const bytes = [...files].reduce((sum, file) => sum + statSync(`${folder}${file}.gz`).size, 0)
  console.log(`initial load: ${(bytes / 1024).toFixed(1)} of ${LIMIT / 1024} KB, in ${files.size} files`)
  expect(bytes).toBeLessThan(LIMIT)
})

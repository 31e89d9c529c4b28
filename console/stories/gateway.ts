// A gateway of its own for each file of stories: the real binary, on free ports, with an empty data directory.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const PASSWORD = 'stories-owner-password'
/** The one under test. */
export const BINARY = process.env['PAIFANG_BINARY'] ?? '../target/debug/paifang'
const PATIENCE_MS = 60_000

export interface Gateway {
  /** Where the console is. */
  readonly console: string
  /** Where calls go. */
  readonly http: string
  /** Where calls over TLS go, as `host:port`. */
  readonly https: string
  /** Its data directory. */
  readonly data: string
  readonly stop: () => Promise<void>
}

interface Run {
  readonly pid: number
  readonly http: string
  readonly https: string
  readonly management: string
}

export async function start(): Promise<Gateway> {
  const data = await mkdtemp(join(tmpdir(), 'paifang-stories-'))
  const addresses = ['http', 'https', 'management'].flatMap((name) => [`--${name}`, '127.0.0.1:0'])
  const child = spawn(BINARY, ['serve', ...addresses, '--data-dir', data], {
    env: { ...process.env, PAIFANG_ADMIN_PASSWORD: PASSWORD },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // A run that is broken off leaves none behind.
  process.once('exit', () => child.kill('SIGKILL'))
  const run = await running(child, join(data, 'run.json'))
  return {
    console: `http://${run.management}/console`,
    http: `http://${run.http}`,
    https: run.https,
    data,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The file is there once the gateway serves. */
async function running(child: ChildProcess, file: string): Promise<Run> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const run = parse(text)
    if (run?.pid === child.pid) return run as Run
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the gateway does not serve; exit code ${child.exitCode}`)
    }
    await pause(20)
  }
}

function parse(text: string): Run | undefined {
  try {
    return JSON.parse(text) as Run
  } catch {
    return undefined
  }
}

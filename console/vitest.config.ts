import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: ['src/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'pictures', include: ['pictures/**/*.pictures.ts'], environment: 'node', fileParallelism: false, testTimeout: 120_000 } },
      {
        test: {
          name: 'stories',
          include: ['stories/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The gateway that `npm run dev` talks to; `cargo xtask serve` listens there. */
const gateway = process.env['PAIFANG_MANAGEMENT'] ?? 'http://127.0.0.1:9080'

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist/app',
    manifest: 'manifest.json',
    target: 'es2023',
    // What the first page loads is held to a size by `stories/size.test.ts`.
    chunkSizeWarningLimit: 2000,
  },
  server: { proxy: { '/api': gateway } },
  preview: { proxy: { '/api': gateway } },
})

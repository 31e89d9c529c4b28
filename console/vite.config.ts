import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The gateway that `npm run dev` talks to; `cargo xtask serve` listens there. */
const gateway = process.env['PAIFANG_MANAGEMENT'] ?? 'http://127.0.0.1:9080'

/**
 * What is loaded together is one file: dozens of small ones pack worse, and take longer. A file has what its modules need and no file
 * above has: what every page has, the sign-in page too; what stands around a page and most pages have; what forms and lists have;
 * what lists have.
 */
const files = {
  start: ['src/main.tsx', 'antd/es/input/index.js', 'antd/es/form/hooks/useForm.js', 'antd/es/grid/hooks/useBreakpoint.js', 'pagination/es/locale/zh_CN.js'],
  page: ['src/shell/switches.tsx', 'src/ui/copy.tsx', 'src/ui/later.tsx', 'src/ui/list/use-search.ts', 'antd/es/layout/index.js', 'antd/es/spin/index.js'],
  choices: ['antd/es/select/index.js', 'antd/es/radio/index.js', 'antd/es/checkbox/index.js'],
  list: ['src/ui/list/list.tsx', 'src/ui/delete-many.tsx', 'src/ui/copy-many.tsx', 'src/ui/copy-curl.tsx'],
}
const groups = Object.entries(files).map(([name, modules]) => ({ name, test: (id: string) => modules.some((module) => id.endsWith(`/${module}`)) }))

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist/app',
    manifest: 'manifest.json',
    target: 'es2023',
    // What the first page loads is held to a size by `stories/size.test.ts`.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: { codeSplitting: { groups } },
      // The parts of Ant Design do not say that a module of theirs is left out where nothing of it is used; it may be.
      treeshake: { moduleSideEffects: [{ test: /\/node_modules\/@(rc-component|ant-design)\//, sideEffects: false }] },
    },
  },
  server: { proxy: { '/api': gateway } },
  preview: { proxy: { '/api': gateway } },
})

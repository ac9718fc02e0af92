import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const DIST = join(import.meta.dirname, 'dist');

/** Puts a compressed copy beside every text file, so that the server has nothing to compress (src/pages/assets.ts hands them out). */
const compressed = (): Plugin => ({
  name: 'portico-compressed',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(DIST).filter((file) => /\.(?:js|css|svg)$/.test(file))) {
      const bytes = readFileSync(join(DIST, name));
      writeFileSync(join(DIST, `${name}.br`), brotliCompressSync(bytes));
      writeFileSync(join(DIST, `${name}.gz`), gzipSync(bytes));
    }
  },
});

/** Builds the pages into web/dist, from which the server hands them out (design §9). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/assets/',
  plugins: [react(), compressed()],
  build: { outDir: 'dist', assetsDir: '.', manifest: true, emptyOutDir: true, rollupOptions: { input: 'src/main.tsx' } },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the pages into web/dist, from which the server hands them out (design §9). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/assets/',
  plugins: [react()],
  build: { outDir: 'dist', assetsDir: '.', manifest: true, emptyOutDir: true, rollupOptions: { input: 'src/main.tsx' } },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is one relative bundle: both hosts serve it from their own root, and nothing in it is inlined (the CSP forbids it). */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});

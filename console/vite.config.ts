// Builds the console into dist/. Below assets/ every file carries its hash in its name, so it may be kept for ever.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsDir: 'assets',
    // Tells check-size.mjs which files load together.
    manifest: true,
    // Inlined files would need `data:` in the policy of more than images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A style sheet that could not be loaded with its page is never asked for again, and they are small.
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
  // `npm --prefix console run dev` shows sources as they stand, with the API of a running server behind it.
  server: {
    proxy: { '/api': 'http://localhost:8080', '/docs': 'http://localhost:8080', '/v1': 'http://localhost:8080' },
  },
});

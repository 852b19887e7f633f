// The build: everything that a page loads, under names that hold a hash, each beside its compressed twins. Only the
// script that every page begins with has a name that stays, so that a page need not know what it was built from.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import license from "rollup-plugin-license";
import { defineConfig } from "vite";

const OUT = "dist";

const compressed = {
  name: "compressed",
  closeBundle() {
    const folder = join(import.meta.dirname, OUT, "assets");
    for (const name of readdirSync(folder)) {
      const content = readFileSync(join(folder, name));
      writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  base: "/",
  build: {
    outDir: OUT,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700, // kB before compression; Cytoscape.js with its layout is 560
    target: "es2022",
    rollupOptions: {
      input: { main: "src/main.ts", explorer: "src/explorer.ts" },
      output: { entryFileNames: ({ name }) => (name === "explorer" ? "assets/[name].js" : "assets/[name]-[hash].js") },
      plugins: [
        license({
          thirdParty: {
            includePrivate: false,
            output: join(import.meta.dirname, OUT, "third-party.txt"),
          },
        }),
      ],
    },
  },
  plugins: [compressed],
});

import { cloudflare } from "@cloudflare/vite-plugin";
import { defineConfig } from "vite";
import { pagePlugins } from "./src/web/build/page-plugins.ts";

export default defineConfig({
  root: "src/web",
  publicDir: "static",
  define: { FORMS_AHEAD: "null" },
  build: { outDir: "../../dist", emptyOutDir: true, target: "es2022" },
  environments: {
    client: { build: { rolldownOptions: { input: "src/web/page.html" } } },
    worker: { build: { minify: true, rolldownOptions: { output: { codeSplitting: false } } } },
  },
  plugins: [
    ...pagePlugins(),
    cloudflare({ configPath: "../../wrangler.toml", viteEnvironment: { name: "worker" } }),
  ],
});

import { resolve } from "node:path";
import { cloudflare } from "@cloudflare/vite-plugin";
import { defineConfig } from "vite";
import { pagePlugins } from "./src/web/build/page-plugins.ts";

// Its warnings of secrets that a build does not need.
process.env["WRANGLER_LOG"] ??= "error";
// Where a request comes from is of no use on this machine, and would be asked over the network.
process.env["CLOUDFLARE_CF_FETCH_ENABLED"] ??= "false";

const fromHere = (path: string): string => resolve(import.meta.dirname, path);

/** A few files instead of many small ones: what every page needs, and what several do. */
const chunks = [
  {
    name: "libraries",
    // But for what the list alone needs, and those who run decisions.
    test: /[\\/]node_modules[\\/](?:@lingui|@tanstack(?!.*(?:infiniteQueryObserver|queriesObserver|utationObserver|useInfiniteQuery|useMutation|useQueries))|react|react-dom|regexparam|scheduler|wouter)[\\/]/,
    priority: 3,
  },
  // A code to scan is drawn where somebody asks for one; votes, searches and statistics have their own pages.
  {
    name: "shared",
    test: /[\\/]src[\\/]web[\\/](?:(?:api|app|i18n|ui)[\\/](?!qr-code|use-mounted|(?:search|vote)-queries)|ballot[\\/]browser-texts)/,
    priority: 2,
  },
  {
    name: "question",
    test: /[\\/]src[\\/](?:decision[\\/]count-shards|web[\\/](?:rule[\\/]decision-rule|results[\\/]choice|decision[\\/](?:decision-description|decision-texts|fact-words|has-markup|question-text|rehearsal|safe-link|summarize)))/,
    minShareCount: 2,
    priority: 1,
  },
  // With what it has in common with those who run decisions.
  {
    name: "ballot",
    test: /[\\/]src[\\/](?:web[\\/]ballot[\\/]|client[\\/](?:client-errors|draw-nonce)|shared[\\/]hex)/,
    minShareCount: 2,
  },
  // Little of it, which others need, too.
  { name: "votes", test: /[\\/]src[\\/]web[\\/]votes[\\/]/, minShareCount: 2 },
  // What a first view does without is no part of it, whoever shares that.
  {
    name: "results",
    test: /[\\/]src[\\/]web[\\/](?:decision|outcome|results)[\\/](?!event-lines|forecast|outcome-details|requirement|save-buttons|use-is-narrow)/,
    minShareCount: 2,
  },
];

/** Of those who run decisions, whose first page the Worker links: a reader seldom comes from another. */
const seldomFollowed = /organise-page-/;
/** Where few readers go next: their scripts ask for one another, and are not named in every page's code. */
const seldomNext = /(?:api-docs|plan|statistics|status|verify)-page-/;
/** What every page has loaded anyway. */
const loadedAnyway = /(?:libraries|rolldown-runtime|shared)-/;

/** What a link within the site asks for at once: each name is in every page's code. */
function filesToPreload(
  file: string,
  needed: string[],
  { hostType }: { hostType: "html" | "js" },
): string[] {
  if (hostType === "html") return needed;
  if (seldomNext.test(file)) return needed.filter((name) => name.endsWith(".css"));
  return seldomFollowed.test(file) ? [] : needed.filter((name) => !loadedAnyway.test(name));
}

/** The Worker and the page that it renders, in one build; `npm run dev` serves both from sources. */
export default defineConfig(({ command }) => {
  // Also where a test runner, with an environment of its own, has it built.
  if (command === "build") process.env["NODE_ENV"] = "production";
  return {
    root: fromHere("src/web"),
    publicDir: "static",
    // Which stored forms and messages are a version ahead: none; a test builds the release to come.
    define: { FORMS_AHEAD: process.env["FORMS_AHEAD"] ?? "null" },
    build: {
      outDir: fromHere("dist"),
      emptyOutDir: true,
      target: "es2022",
      cssCodeSplit: false,
      modulePreload: { polyfill: false, resolveDependencies: filesToPreload },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            input: fromHere("src/web/page.html"),
            output: { codeSplitting: { groups: chunks } },
          },
        },
      },
      worker: { build: { minify: true, rolldownOptions: { output: { codeSplitting: false } } } },
    },
    plugins: [
      pagePlugins(),
      cloudflare({
        configPath: fromHere("wrangler.toml"),
        viteEnvironment: { name: "worker" },
        persistState: { path: fromHere(".wrangler/state") },
        // The local runtime knows no jurisdictions.
        ...(command === "serve" ? { config: { vars: { JURISDICTION: "none" } } } : {}),
      }),
    ],
  };
});

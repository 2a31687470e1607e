import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/**
 * What Lingui's macros and `npm run messages` read: the languages, and a catalogue for each part of
 * the web app. English is in the sources themselves and has none.
 */
export default defineConfig({
  sourceLocale: "en",
  locales: ["ar", "es", "fr", "ru", "zh"],
  catalogs: [
    {
      path: "src/web/locales/{locale}/site",
      include: ["src/web"],
      exclude: ["src/web/organise/**"],
    },
    { path: "src/web/locales/{locale}/organise", include: ["src/web/organise"] },
  ],
  format: formatter({ lineNumbers: false, customHeaderAttributes: { "POT-Creation-Date": "" } }),
  orderBy: "origin",
});

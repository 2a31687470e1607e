/** What Lingui's macros read: the language of the texts in the sources. */
export default { sourceLocale: "en", locales: ["en"] };

/** Of decisions whose ballots the database refuses: they are closed, and never certified. */
export const refusedSlug = "state-refused";
/** Of decisions whose ballots the database refuses until one with the other slug is drafted. */
export const mendedSlug = "every-mended";
export const menderSlug = "every-mender";

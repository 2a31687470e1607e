/** Of decisions whose ballots the database refuses: they are closed, and never certified. */
export const refusedSlug = "state-refused";

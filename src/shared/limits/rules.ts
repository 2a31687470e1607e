/** Rules, and the work of looking at one. */
export const ruleLimits = {
  /**
   * A rule of eight tests within each other, two levels of JSON each, is 20 levels deep in the body
   * that holds it; nothing else of ours is deeper.
   */
  jsonDepthMax: 64,
  /**
   * A rule with tables of 1,000 regions (about 80 bytes a line) and a tally of 1,000 regions with
   * seven figures each stay below 512 KiB.
   */
  ruleBytesMax: 524_288,
  /**
   * The longest bylaws at hand need five requirements and three levels; a test is evaluated once a
   * region.
   */
  ruleRequirementsMax: 32,
  ruleDepthMax: 8,
  ruleTestsMax: 200,
  /**
   * Work of rules is counted in units, of which `npm run bench:rules` measures 30 to 120 ns each
   * (29 November 2026, of one core's time); a place where the runtime has not compiled the code yet
   * takes twice as long. To read a rule: 16,000 entries of tables that are whole numbers, or 25,000
   * members of groups. 6 to 12 ms, once an instance and manifest.
   */
  ruleReadWorkMax: 100_000,
  /**
   * The outcome of a decision, whatever its votes: a draft whose rule and regions might take more is
   * refused. Of the presets with 1,000 regions the costliest, 1,000 houses, takes 110,000. Some 12 ms.
   */
  ruleOutcomeWorkMax: 130_000,
  /**
   * A look at a decision's outcome together with its forecast, which is unknown beyond: some 15 ms in
   * the object that takes its votes. The exact search of the Union's 27 states takes 120,000, a
   * table's weight of 1,000 regions all of it.
   */
  ruleLookWorkMax: 160_000,
  /** Anybody's rule on anybody's figures, read, evaluated and forecast: 50 ms of the Worker. */
  ruleRequestWorkMax: 300_000,
} as const;

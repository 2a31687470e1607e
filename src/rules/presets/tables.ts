/** Votes of the Swiss cantons (Federal Constitution, article 142(4)). */
export const cantonalVotes: Readonly<Record<string, number | string>> = {
  ...Object.fromEntries(
    "ZH BE LU UR SZ GL ZG FR SO SH SG GR AG TG TI VD VS NE GE JU"
      .split(" ")
      .map((code) => [code, 1]),
  ),
  ...Object.fromEntries("OW NW BS BL AR AI".split(" ").map((code) => [code, "1/2"])),
};

/**
 * Shares of the Union's population in 2025, in basis points as the Council publishes them; rounded,
 * so that they sum to 10,001.
 */
export const statePopulations: Readonly<Record<string, number>> = {
  DE: 1849,
  FR: 1517,
  IT: 1323,
  ES: 1078,
  PL: 833,
  RO: 423,
  NL: 401,
  BE: 262,
  CZ: 242,
  PT: 236,
  SE: 234,
  GR: 231,
  HU: 213,
  AT: 202,
  BG: 143,
  DK: 132,
  FI: 125,
  SK: 121,
  IE: 119,
  HR: 86,
  LT: 64,
  SI: 47,
  LV: 42,
  EE: 30,
  CY: 21,
  LU: 15,
  MT: 12,
};

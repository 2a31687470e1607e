import { countryOf, countrySchemes, type CountryScheme } from "./country-codes.ts";

/** A region as a decision names it. */
export interface NamedRegion {
  code: string;
  name: string;
}

/** The languages in which a country's name is known as such. */
const languages = ["en", "fr", "es", "ar", "zh", "ru"];

/**
 * Codes of two letters without names are taken for countries from so many on: 26 of the 50 states of
 * America have the code of a country too, so eight of them are one time in 200.
 */
const unnamedMin = 8;

/** Whether codes could be those of countries at all, which is soon looked at. */
export function mayBeCountries(regions: readonly NamedRegion[]): boolean {
  return regions.length > 1 && schemeOf(regions) !== null;
}

/**
 * The countries that regions are, as alpha-2 codes by the regions' codes; null where they are none.
 * Every code must be of one scheme, and half of the names those of the countries: districts are
 * numbered and states abbreviated like countries.
 */
export function findCountries(regions: readonly NamedRegion[]): ReadonlyMap<string, string> | null {
  const scheme = regions.length > 1 ? schemeOf(regions) : null;
  if (scheme === null) return null;
  const countries = new Map(
    regions.map(({ code }) => [code, countryOf(scheme, code) ?? ""] as const),
  );
  const named = regions.filter(({ code, name }) => name !== "" && name !== code);
  if (named.length > 0) {
    const known = named.filter(({ code, name }) => isNameOf(countries.get(code) ?? "", name));
    return known.length * 2 >= named.length ? countries : null;
  }
  const isTold = scheme === "alpha-3" || (scheme === "alpha-2" && regions.length >= unnamedMin);
  return isTold ? countries : null;
}

function schemeOf(regions: readonly NamedRegion[]): CountryScheme | null {
  const fits = (scheme: CountryScheme) =>
    regions.every(({ code }) => countryOf(scheme, code) !== null);
  return countrySchemes.find(fits) ?? null;
}

/** Whether a name is a country's in one of our languages, or has it within. */
function isNameOf(country: string, name: string): boolean {
  const written = fold(name);
  return languages.some((language) => {
    const known = fold(namesIn(language).of(country) ?? country);
    return written.includes(known) || known.includes(written);
  });
}

const kept = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
  const names = kept.get(language) ?? new Intl.DisplayNames(language, { type: "region" });
  kept.set(language, names);
  return names;
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

import { limits } from "../../shared/limits.ts";
import { isSpoken } from "../languages/languages.ts";
import { languageCookie } from "./choose-language.ts";

interface LanguageRange {
  tag: Intl.Locale;
  /** From 0 to 1, RFC 9110, 12.4.2. */
  quality: number;
}

/**
 * The locale of a reader: the language of their cookie, else the one of the header Accept-Language
 * (RFC 9110, 12.5.4) that they want most and the app speaks, else English; with the region that the
 * header names beside that language, which decides how numbers and dates are written.
 */
export function negotiateLocale(headers: Headers): string {
  const wanted = readRanges(headers.get("accept-language") ?? "");
  const chosen =
    readCookie(headers.get("cookie") ?? "") ??
    wanted.map(({ tag }) => tag.language).find(isSpoken) ??
    "en";
  const region = wanted.find(({ tag }) => tag.language === chosen)?.tag.region;
  return localeOf(chosen, region);
}

/**
 * English is written the same for all readers, and Chinese in simplified characters. The digits of
 * Arabic differ between regions and releases of browsers: the tag says which the page has.
 */
function localeOf(language: string, region: string | undefined): string {
  if (language === "en" || language === "zh") return language;
  const wanted = region === undefined ? language : `${language}-${region}`;
  // A region of which nothing is known is left out: there are few locales to keep formats for.
  const { locale, numberingSystem } = new Intl.NumberFormat(wanted).resolvedOptions();
  return language === "ar" ? `${locale}-u-nu-${numberingSystem}` : locale;
}

function readCookie(header: string): string | undefined {
  const values = header
    .split(";")
    .map((pair) => pair.trim().split("="))
    .filter(([name]) => name === languageCookie)
    .map(([, value]) => value ?? "");
  return values.find(isSpoken);
}

/** What a header asks for, the most wanted first. */
function readRanges(header: string): LanguageRange[] {
  return header
    .split(",", limits.languageRangesMax)
    .flatMap(readRange)
    .toSorted((a, b) => b.quality - a.quality);
}

function readRange(text: string): LanguageRange[] {
  const [, range, weight = "1"] =
    /^\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8})\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(
      text,
    ) ?? [];
  const quality = Number(weight);
  if (range === undefined || quality === 0) return [];
  try {
    return [{ tag: new Intl.Locale(range), quality }];
  } catch {
    // It has the form of a tag and is none.
    return [];
  }
}

import { isSpoken } from "../languages/languages.ts";

/** Keeps which language a reader has chosen. Nothing in a browser reads it, and it names nobody. */
export const languageCookie = "__Host-language";

const keptForSeconds = 365 * 24 * 60 * 60;

/**
 * The answer to an address with `?language=`, as the links of the page's foot have it, or a link in
 * a letter: keeps the language and leads to the address without it. Null for any other address.
 */
export function chooseLanguage(url: URL): Response | null {
  const language = url.searchParams.get("language");
  if (language === null) return null;
  const target = new URL(url);
  target.searchParams.delete("language");
  const headers = new Headers({ location: target.href, "cache-control": "no-store" });
  if (isSpoken(language)) {
    headers.set(
      "set-cookie",
      `${languageCookie}=${language}; Path=/; Max-Age=${keptForSeconds}; Secure; HttpOnly; SameSite=Lax`,
    );
  }
  return new Response(null, { status: 303, headers });
}

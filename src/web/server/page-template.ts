import { lineDirectionOf } from "../languages/languages.ts";

/** The built page, into which the Worker puts what it renders. */
export type PageTemplate = {
  html: string;
  /** The files of each route's module, styles first. */
  filesOf: ReadonlyMap<string, readonly string[]>;
};

export type PageParts = {
  locale: string;
  hasSearch: boolean;
  head: string;
  content: string;
  state: string;
};

const routeFilesPattern = /<script type="application\/json" id="route-files">(.*?)<\/script>/;

/** Reads what the build wrote; without the list of a build no files are linked. */
export function readTemplate(html: string): PageTemplate {
  const [, json = "{}"] = routeFilesPattern.exec(html) ?? [];
  const files = JSON.parse(json) as Record<string, string[]>;
  return { html: html.replace(routeFilesPattern, ""), filesOf: new Map(Object.entries(files)) };
}

/** The whole document. */
export function fillTemplate(
  { html }: PageTemplate,
  { locale, hasSearch, head, content, state }: PageParts,
): string {
  const direction = lineDirectionOf(locale);
  // Styles take away what leads to a search (search-field.css).
  const search = hasSearch ? "" : ' data-search="off"';
  // A function, since "$" in a replacement has a meaning.
  return html
    .replace('<html lang="en" dir="ltr">', `<html lang="${locale}" dir="${direction}"${search}>`)
    .replace("<!--head-->", () => head)
    .replace("<!--content-->", () => content)
    .replace("<!--state-->", () => state);
}

import type { PageSummary } from "../app/page-module.ts";

export type PageHeadParts = { summary: PageSummary; url: URL; files: readonly string[] };

/** Title, Open Graph (ogp.me) and links to the route's files, as HTML. */
export function pageHead({ summary: { title, description }, url, files }: PageHeadParts): string {
  const properties: [string, string][] = [
    ["og:title", title],
    ["og:type", "website"],
    ["og:site_name", "Enviro-Governance"],
    ["og:url", `${url.origin}${url.pathname}${url.search}`],
  ];
  if (description !== undefined) properties.push(["og:description", description]);
  return [
    `<title>${escapeText(title)}</title>`,
    ...(description === undefined
      ? []
      : [`<meta name="description" content="${escapeText(description)}">`]),
    ...properties.map(
      ([name, content]) => `<meta property="${name}" content="${escapeText(content)}">`,
    ),
    ...files.map((file) =>
      file.endsWith(".css")
        ? `<link rel="stylesheet" href="${file}">`
        : `<link rel="modulepreload" href="${file}">`,
    ),
  ].join("\n    ");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

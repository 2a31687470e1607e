import type { PageSummary } from "../app/page-module.ts";
import { shortPlainText } from "./short-plain-text.ts";

export type PageHeadParts = { summary: PageSummary; url: URL; files: readonly string[] };

/** Title, Open Graph (ogp.me) and links to the route's files, as HTML. */
export function pageHead({ summary, url, files }: PageHeadParts): string {
  const { title } = summary;
  const description = shortPlainText(summary.description ?? "");
  const properties: [string, string][] = [
    ["og:title", title],
    ["og:type", "website"],
    ["og:site_name", "Enviro-Governance"],
    ["og:url", `${url.origin}${url.pathname}${url.search}`],
  ];
  if (description !== "") properties.push(["og:description", description]);
  return [
    `<title>${escapeText(title)}</title>`,
    ...(description === ""
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

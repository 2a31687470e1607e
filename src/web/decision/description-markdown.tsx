import { Markdown } from "markdown-to-jsx/react";
import { createElement, Fragment, type ReactNode } from "react";
import { safeLink } from "./safe-link.ts";

/** The elements that a description may have; of any other its words stay. */
const plainElements = new Set([
  "p",
  "em",
  "strong",
  "del",
  "code",
  "pre",
  "ul",
  "ol",
  "li",
  "blockquote",
  "br",
  "hr",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
]);

const options = {
  createElement: safeElement,
  disableParsingRawHTML: true,
  forceBlock: true,
  wrapper: Fragment,
};

/**
 * A description's Markdown as elements: links, emphasis, lists, quotes, code and tables; no HTML, no
 * pictures, no style and no id of its author's.
 */
export default function DescriptionMarkdown({ text }: { text: string }) {
  return <Markdown options={options}>{text}</Markdown>;
}

type GivenProps = { href?: unknown; alt?: unknown; start?: unknown; key?: string | number };

/** Makes the one element that is meant, of the few that there are. */
function safeElement(tag: unknown, given: object | null, ...children: ReactNode[]): ReactNode {
  const { href, alt, start, key }: GivenProps = given ?? {};
  const kept = key === undefined ? {} : { key };
  if (tag === "a") {
    const address = safeLink(href);
    if (address === null) return createElement(Fragment, kept, ...children);
    return createElement("a", { ...kept, href: address, rel: "noopener nofollow" }, ...children);
  }
  // Below the question's own heading there is one level, whatever is written.
  if (typeof tag === "string" && /^h[1-6]$/.test(tag))
    return createElement("h2", kept, ...children);
  if (tag === "img") return typeof alt === "string" ? alt : null;
  if (tag === "ol" && typeof start === "number") {
    return createElement("ol", { ...kept, start }, ...children);
  }
  if (typeof tag === "string" && plainElements.has(tag)) {
    return createElement(tag, kept, ...children);
  }
  return createElement(Fragment, kept, ...children);
}

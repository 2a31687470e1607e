import { parser, RuleType, type MarkdownToJSX } from "markdown-to-jsx/react";

/** What search engines and chats show of a description. */
const charactersMax = 200;

/**
 * The words of a Markdown text on one line, without marks and the addresses of links, at most 200
 * characters; a longer text ends at a word, with "…".
 */
export function shortPlainText(markdown: string): string {
  const words = textOf(parser(markdown, { disableParsingRawHTML: true, forceBlock: true }));
  const line = words.replaceAll(/\s+/g, " ").trim();
  if (line.length <= charactersMax) return line;
  const end = line.lastIndexOf(" ", charactersMax - 1);
  // One word of that length is parted, but no surrogate pair.
  const cut = line.slice(0, end > 0 ? end : charactersMax - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut}…`;
}

function textOf(nodes: readonly MarkdownToJSX.ASTNode[]): string {
  return nodes.map(nodeText).join("");
}

/** Blocks, items and cells are parted by a space. */
function blockText(nodes: readonly MarkdownToJSX.ASTNode[]): string {
  return ` ${textOf(nodes)} `;
}

function nodeText(node: MarkdownToJSX.ASTNode): string {
  switch (node.type) {
    case RuleType.text:
    case RuleType.codeInline:
      return node.text;
    case RuleType.codeBlock:
      return ` ${node.text} `;
    case RuleType.textFormatted:
      return textOf(node.children);
    case RuleType.link:
      return linkText(node);
    case RuleType.image:
      return node.alt ?? "";
    case RuleType.paragraph:
    case RuleType.heading:
    case RuleType.blockQuote:
      return blockText(node.children);
    case RuleType.orderedList:
    case RuleType.unorderedList:
      return node.items.map(blockText).join("");
    case RuleType.table:
      return [node.header, ...node.cells].flat().map(blockText).join("");
    case RuleType.breakLine:
      return " ";
    default:
      return "";
  }
}

/** An address that stands for itself is left out. */
function linkText({ children, target }: MarkdownToJSX.LinkNode): string {
  const text = textOf(children);
  return text === target || /^(?:\w+:\/\/|www\.)/.test(text) ? "…" : text;
}

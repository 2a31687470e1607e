import type { Page } from "playwright-core";

/**
 * What a page shows or says in letters of English: texts, spoken attributes, its title. Commands,
 * codes and what is marked to be of another language are left out.
 */
const collect = `(() => {
  const same = "code, kbd, pre, samp, script, style, textarea, noscript, [lang]:not(html)";
  const found = [];
  const note = (what, text) => {
    if (/[A-Za-z]{2}/.test(text)) found.push(what + ": " + text.replaceAll(/\\s+/g, " ").trim().slice(0, 160));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest(same) === null && parent.checkVisibility()) note(parent.localName, walker.currentNode.data);
  }
  const spoken = ["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "placeholder", "title"];
  for (const each of document.body.querySelectorAll("*")) {
    if (each.closest(same) !== null) continue;
    for (const name of spoken) note(each.localName + " " + name, each.getAttribute(name) ?? "");
  }
  note("title", document.title);
  note("description", document.querySelector('meta[name="description"]')?.content ?? "");
  return found;
})()`;

/** Unfolds all that a page has folded; some of it comes then. */
export async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(unfold);
}

const unfold = `for (const each of document.querySelectorAll("details")) each.open = true;`;

/** The texts of a page that no catalogue has given; `allowed` are names and the test's own data. */
export async function foreignTexts(page: Page, allowed: readonly string[]): Promise<string[]> {
  const found = await page.evaluate<string[]>(collect);
  return found.filter((text) => {
    const rest = allowed.reduce(
      (left, each) => left.replaceAll(each, ""),
      // What it is and where; addresses are the same in every language.
      text.replace(/^[^:]+:/, "").replaceAll(/https?:\S+/g, ""),
    );
    return /[A-Za-z]{2}/.test(rest);
  });
}

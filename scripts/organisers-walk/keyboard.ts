import type { Page } from "playwright-core";

/** More stops than any page of the walk has. */
const tabsMax = 300;

/** What has the focus, as a person would call it. */
const focusedName = `(() => {
  const it = document.activeElement;
  const name = it.labels?.[0]?.textContent ?? it.getAttribute("aria-label") ?? it.textContent;
  return (name ?? "").replaceAll(/\\s+/g, " ").trim();
})()`;

/** Goes on with the Tab key until what is called so has the focus. */
export async function tabToNamed(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    const focus = await page.evaluate<string>(focusedName);
    if (isNamed(focus, name)) return;
    passed.push(focus.slice(0, 40));
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${name}; passed: ${passed.join(" | ")}`);
}

/** Goes to a link or button and presses it. */
export async function pressNamed(page: Page, name: string | RegExp): Promise<void> {
  await tabToNamed(page, name);
  await page.keyboard.press("Enter");
}

/** Goes to a field and types into it, in the place of what stands there. */
export async function typeInto(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabToNamed(page, name);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** Goes to the choice that is made now, and with the arrow keys on to another of the same group. */
export async function chooseInstead(page: Page, now: RegExp, wanted: RegExp): Promise<void> {
  await tabToNamed(page, now);
  for (let arrows = 0; arrows < 10; arrows += 1) {
    if (isNamed(await page.evaluate<string>(focusedName), wanted)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`no arrow leads from ${now} to ${wanted}`);
}

function isNamed(focus: string, name: string | RegExp): boolean {
  return typeof name === "string" ? focus === name : name.test(focus);
}

import type { Page } from "playwright-core";

type Choice = "Yes" | "No" | "Abstain";

/** Until a link's token is found the ballot can't be marked. */
export async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Use another token" }).waitFor();
}

/** Marks a choice and goes to its review. */
export async function review(page: Page, choice: Choice): Promise<void> {
  await page.getByRole("radio", { name: choice }).check();
  await page.getByRole("button", { name: "Review" }).click();
}

/** Casts what is being reviewed. */
export async function confirm(page: Page, choice: Choice): Promise<void> {
  await page.getByRole("button", { name: `Cast vote: ${choice}` }).click();
}

/** Marks a choice, reviews it and casts it. */
export async function vote(page: Page, choice: Choice): Promise<void> {
  await review(page, choice);
  await confirm(page, choice);
}

export async function untilHeading(page: Page, name: string): Promise<void> {
  await page.getByRole("heading", { name }).waitFor();
}

export async function untilRecorded(page: Page, choice: Choice): Promise<void> {
  await untilHeading(page, `Your vote, ${choice}, is recorded`);
}

export const ballotSocketAddress = /\/ballot-socket$/;

/** Has every vote of a page go by POST: its sockets end as soon as they are open. */
export async function endSockets(page: Page): Promise<void> {
  await page.routeWebSocket(ballotSocketAddress, (socket) => socket.close());
}

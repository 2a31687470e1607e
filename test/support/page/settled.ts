import type { Page, Request } from "playwright-core";

/** React has taken over what the Worker rendered, and the two frames after that are drawn. */
const hydrated = `new Promise((resolve) => {
  const isTaken = (each) => Object.keys(each).some((key) => key.startsWith("__reactFiber$"));
  const look = () => {
    const heading = document.querySelector("h1");
    if (heading !== null && isTaken(heading)) requestAnimationFrame(() => requestAnimationFrame(resolve));
    else requestAnimationFrame(look);
  };
  look();
})`;

/**
 * Follows the requests of a page; returns what resolves once it is hydrated and has all it asked for
 * but its stream of events, which ends when the page does.
 */
export function watchSettling(page: Page): () => Promise<void> {
  const pending = new Set<Request>();
  let onIdle = (): void => {};
  const end = (request: Request): void => {
    pending.delete(request);
    if (pending.size === 0) onIdle();
  };
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") pending.add(request);
  });
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return async () => {
    await page.evaluate(hydrated);
    while (pending.size > 0) {
      await new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      // What arrived may ask for more.
      await page.evaluate(hydrated);
    }
  };
}

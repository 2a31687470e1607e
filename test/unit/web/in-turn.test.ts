import { expect, test } from "vitest";
import { inTurn } from "../../../src/web/public/list/read-in-turn.js";

test("every item is taken once, in order, and a few at a time", async () => {
  const taken: number[] = [];
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 25 }, (_, index) => index);
  await inTurn(items, async (item) => {
    taken.push(item);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  });
  expect(taken).toEqual(items);
  expect(most).toBe(4);
});

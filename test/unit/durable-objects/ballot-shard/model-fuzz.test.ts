import { expect, it } from "vitest";
import { allowLogged } from "../../../support/error-lines.ts";
import { fuzzShards, seedMax } from "../../../support/model-fuzz/fuzz-shards.ts";

// Always others: a failure says its seed, and `npm run fuzz -- --seed S --histories 1` repeats it.
const seed = Math.floor(Math.random() * seedMax);

it("is in 5,000 random lives what a plain list of its ballots is, whatever fails and whenever it is evicted", async () => {
  allowLogged("shard.drain_failed", { decision: "delta", shard: 0 });
  allowLogged("shard.backlog_not_told", { decision: "delta", shard: 0 });
  let lived = 0;
  await fuzzShards({
    seed,
    histories: 5_000,
    onLived: () => {
      lived += 1;
    },
  });
  expect(lived).toBe(5_000);
});

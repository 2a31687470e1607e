import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { priceGoal, pricesByRate, priceTable } from "./price/price-table.ts";

/** `npm run bench:price`: what a million votes cost at Cloudflare's list prices, by their rate. */
await runMain(async () => {
  console.log(priceTable().join("\n"));
  const { usd, votesPerSecond } = priceGoal;
  const total = pricesByRate().get(votesPerSecond)?.total ?? Infinity;
  const isMet = total <= usd;
  const found = `$${total.toFixed(2)} at ${votesPerSecond} votes a second`;
  console.log(`\n${isMet ? "met" : "MISSED"}: at most $${usd.toFixed(2)}, ${found}`);
  return isMet ? exitStatus.ok : exitStatus.differences;
});

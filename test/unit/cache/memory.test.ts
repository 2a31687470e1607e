import { memoryCache } from "../../../src/cache/memory.ts";
import { describeCache } from "../../support/cache/cache-contract.ts";

describeCache("in memory", () => Promise.resolve(memoryCache(() => Date.now())), 200);

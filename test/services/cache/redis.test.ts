import { randomUUID } from "node:crypto";
import { redisCache } from "../../../src/cache/redis/redis.ts";
import { describeCache } from "../../support/cache/cache-contract.ts";
import { services } from "../../support/services/services.ts";

describeCache(
  "in a real Redis behind the gateway",
  async () => {
    const { url, token } = await services.gateway.address();
    // A test's machine may be busy: here it is the order that counts, not the time.
    return redisCache({ url, token, deployment: `test {${randomUUID()}}` }, 10_000);
  },
  25,
);

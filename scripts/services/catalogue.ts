import { elasticsearch } from "./elasticsearch.ts";
import { gateway } from "./gateway.ts";
import { kafka } from "./kafka.ts";
import { opensearch } from "./opensearch.ts";
import { pgbouncer } from "./pgbouncer.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import type { Addresses, Service, ServiceName } from "./service.ts";

/** Every service there is. */
export const catalogue: { [Name in ServiceName]: Service<Addresses[Name]> } = {
  redis,
  postgres,
  pgbouncer,
  kafka,
  gateway,
  opensearch,
  elasticsearch,
};

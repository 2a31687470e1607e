import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { GatewayRefusal } from "../refusal.ts";

/** Callers may send numbers and flags as such; Redis knows strings. */
const argument = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const commandBody = z
  .tuple([z.string().min(1)], argument)
  .refine((parts) => parts.length <= limits.gatewayCommandPartsMax, "too many arguments");
export type RedisCommand = z.infer<typeof commandBody>;

export const commandsBody = z.array(commandBody).min(1).max(limits.gatewayCommandsMax);

/**
 * Commands that change the connection that all share, that hold it up, or that are the operator's:
 * a token for the data must not be able to stop the server or read its files.
 */
const refused = new Set(
  [
    "AUTH HELLO SELECT QUIT RESET CLIENT ASKING READONLY READWRITE",
    "MULTI EXEC DISCARD WATCH UNWATCH",
    "SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE MONITOR SYNC PSYNC",
    "BLPOP BRPOP BLMOVE BLMPOP BRPOPLPUSH BZPOPMIN BZPOPMAX BZMPOP WAIT WAITAOF",
    "ACL BGREWRITEAOF BGSAVE CLUSTER CONFIG DEBUG FAILOVER LATENCY MIGRATE MODULE",
    "REPLICAOF REPLCONF RESTORE-ASKING SAVE SHUTDOWN SLAVEOF SLOWLOG SWAPDB",
  ].flatMap((line) => line.split(" ")),
);
const mayBlock = new Set(["XREAD", "XREADGROUP"]);

/** @throws {GatewayRefusal} the command is none for a shared connection. */
export function requireAllowed([name, ...args]: RedisCommand): void {
  const upper = name.toUpperCase();
  const blocks = mayBlock.has(upper) && args.some((each) => each.toUpperCase() === "BLOCK");
  if (blocks || refused.has(upper)) throw new GatewayRefusal("redis.command_refused", upper);
}

import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { keepScript, lookScript } from "../../shared/redis-cache-scripts.ts";
import { GatewayRefusal } from "../refusal.ts";

/** Callers may send numbers and flags as such; Redis knows strings. */
const argument = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const commandBody = z
  .tuple([z.string().min(1)], argument)
  .refine((parts) => parts.length <= limits.gatewayCommandPartsMax, "too many arguments");
export type RedisCommand = z.infer<typeof commandBody>;

export const commandsBody = z.array(commandBody).min(1).max(limits.gatewayCommandsMax);

/** The scripts of the cache, and no text beside them: one that loops holds up Redis for good. */
const scripts: ReadonlySet<string> = new Set([lookScript, keepScript]);

/**
 * Lets through what the cache of results sends, and nothing else: a token for that must not be able
 * to stop the server, to empty it, or to read what others keep there.
 * @throws {GatewayRefusal} redis.command_refused, with the command's name where that is a word
 */
export function requireAllowed([name, first]: RedisCommand): void {
  const upper = name.toUpperCase();
  const isAllowed =
    upper === "SET" || (upper === "EVAL" && first !== undefined && scripts.has(first));
  if (isAllowed) return;
  throw new GatewayRefusal(
    "redis.command_refused",
    /^[A-Z]{1,20}$/.test(upper) ? upper : undefined,
  );
}

import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { cacheNamePatterns, keepScript, lookScript } from "../../shared/redis-cache-scripts.ts";
import { GatewayRefusal } from "../refusal.ts";

/** Callers may send numbers and flags as such; Redis knows strings. */
const argument = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const commandBody = z
  .tuple([z.string().min(1)], argument)
  .refine((parts) => parts.length <= limits.gatewayCommandPartsMax, "too many arguments");
export type RedisCommand = z.infer<typeof commandBody>;

export const commandsBody = z.array(commandBody).min(1).max(limits.gatewayCommandsMax);

/**
 * Lets through what the cache of results sends, in the very forms in which it sends it, and nothing
 * else: a token for that must not be able to stop the server, to empty it, or to read or overwrite
 * what others keep there.
 * @throws {GatewayRefusal} redis.command_refused, with the command's name where that is a word
 */
export function requireAllowed(command: RedisCommand): void {
  const name = command[0].toUpperCase();
  if (name === "SET" && isClaimOrProbe(command)) return;
  if (name === "EVAL" && (isLook(command) || isKeep(command))) return;
  throw new GatewayRefusal("redis.command_refused", /^[A-Z]{1,20}$/.test(name) ? name : undefined);
}

/** `SET claim 1 NX PX life`, or `SET probe 1 PX life`. */
function isClaimOrProbe([, name = "", value, ...options]: RedisCommand): boolean {
  const isClaim = cacheNamePatterns.claim.test(name);
  if (!isClaim && !cacheNamePatterns.probe.test(name)) return false;
  const words = options.slice(0, -1).join(" ").toUpperCase();
  return value === "1" && words === (isClaim ? "NX PX" : "PX") && isLife(options.at(-1));
}

/** `EVAL script 2 newest claim life`. */
function isLook([, script, count, newest, claim, life, ...rest]: RedisCommand): boolean {
  if (script !== lookScript || count !== "2" || rest.length > 0) return false;
  return areOfOneResult(newest, claim) && isLife(life);
}

/** `EVAL script 3 newest claim entry version text life`. */
function isKeep(command: RedisCommand): boolean {
  const [, script, count, newest, claim, entry, version = "", text, life, ...rest] = command;
  if (script !== keepScript || count !== "3" || rest.length > 0) return false;
  // The script looks for a version of so many digits.
  if (!/^\d{1,16}$/.test(version) || entry !== `${newest}:${version}`) return false;
  return areOfOneResult(newest, claim) && text !== undefined && isLife(life);
}

function areOfOneResult(newest = "", claim = ""): boolean {
  const { newest: newestPattern, claim: claimPattern } = cacheNamePatterns;
  const isNamed = newestPattern.test(newest) && claimPattern.test(claim);
  return isNamed && newest.replace(/:version$/, ":claim") === claim;
}

/** In ms. One of 0 goes on, and Redis says what is wrong with it. */
function isLife(text = ""): boolean {
  return /^\d{1,8}$/.test(text) && Number(text) <= limits.cacheColdMs;
}

import { ErrorReply, MultiErrorReply } from "redis";
import { limits } from "../../shared/limits.ts";
import { withDeadline } from "../../shared/deadline.ts";
import { GatewayRefusal } from "../refusal.ts";
import type { RedisCommand } from "./command.ts";
import type { RedisConnection } from "./connection.ts";

/**
 * Runs commands one after another in one go; an error of Redis stands in its command's place. Other
 * callers' commands may come between.
 */
export function runPipeline(
  redis: RedisConnection,
  commands: readonly RedisCommand[],
): Promise<unknown[]> {
  return ask(() =>
    Promise.all(
      commands.map(async (command) => {
        try {
          return await redis.sendCommand(command);
        } catch (error) {
          if (error instanceof ErrorReply) return error;
          throw error;
        }
      }),
    ),
  );
}

/**
 * Runs commands as one transaction: all or none, with nothing in between.
 * @throws {ErrorReply} Redis refused one before running any, so none ran.
 */
export function runTransaction(
  redis: RedisConnection,
  commands: readonly RedisCommand[],
): Promise<unknown[]> {
  return ask(async () => {
    const transaction = redis.multi();
    for (const command of commands) transaction.addCommand(command);
    try {
      return await transaction.exec();
    } catch (error) {
      if (error instanceof MultiErrorReply) return error.replies;
      throw error;
    }
  });
}

/** Rejects when Redis is not there. */
export async function checkRedis(redis: RedisConnection): Promise<null> {
  await ask(() => redis.ping());
  return null;
}

async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withDeadline(work(), limits.gatewayRedisMsMax, () => {
      throw new GatewayRefusal("redis.too_slow");
    });
  } catch (error) {
    if (error instanceof GatewayRefusal) throw error;
    if (!(error instanceof ErrorReply)) {
      throw new GatewayRefusal("redis.unreachable", undefined, { cause: error });
    }
    if (/^(NOAUTH|WRONGPASS)/.test(error.message)) throw new GatewayRefusal("redis.login_refused");
    throw error;
  }
}

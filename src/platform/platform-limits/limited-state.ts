import {
  areLimitsEnforced,
  refuseLargeParameters,
  refuseLargeValue,
  refuseLongStatement,
} from "./refuse-too-large.ts";
import { withMembers } from "./with-members.ts";

/**
 * What an object has of the platform, with a storage that refuses what is above half of its limits
 * where the environment asks for that; elsewhere it is the platform's own.
 */
export function limitedState(ctx: DurableObjectState, env: object): DurableObjectState {
  if (!areLimitsEnforced(env)) return ctx;
  return withMembers(ctx, { storage: limitedStorage(ctx.storage) });
}

function limitedStorage(storage: DurableObjectStorage): DurableObjectStorage {
  const { sql, kv } = storage;
  return withMembers(storage, {
    sql: withMembers(sql, {
      exec(statement, ...parameters) {
        refuseLongStatement(statement);
        refuseLargeParameters(statement, parameters);
        return sql.exec(statement, ...parameters);
      },
    }),
    kv: withMembers(kv, {
      put(key, value) {
        refuseLargeValue(key, value);
        kv.put(key, value);
      },
    }),
  });
}

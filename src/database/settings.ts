/**
 * Which database a deployment has chosen. A wrong choice is a value, not an error: votes are taken
 * all the same, and wait in shards and log.
 */
export type DatabaseChoice =
  | { kind: "d1" }
  | {
      kind: "postgres";
      connectionString: string;
      /** The way to read-only replicas; null where there are none. */
      replicaConnectionString: string | null;
    }
  | { kind: "misconfigured"; problem: string };

/**
 * Reads the choice from a Worker's environment; without DATABASE it is D1. What it says of a
 * mistake names variables and bindings, never their values.
 */
export function chooseDatabase(env: object): DatabaseChoice {
  const chosen: unknown = Reflect.get(env, "DATABASE") ?? "d1";
  if (chosen === "d1") return { kind: "d1" };
  if (chosen !== "postgres")
    return { kind: "misconfigured", problem: "DATABASE is neither d1 nor postgres" };
  const connectionString = connectionStringOf(env, "HYPERDRIVE");
  if (connectionString === null)
    return {
      kind: "misconfigured",
      problem: "DATABASE is postgres, but there is no Hyperdrive binding named HYPERDRIVE",
    };
  const replicaConnectionString = connectionStringOf(env, "HYPERDRIVE_REPLICA");
  return { kind: "postgres", connectionString, replicaConnectionString };
}

/** What the Hyperdrive binding of this name connects with; null where there is none. */
function connectionStringOf(env: object, name: string): string | null {
  const binding: unknown = Reflect.get(env, name);
  const connectionString: unknown =
    typeof binding === "object" && binding !== null
      ? Reflect.get(binding, "connectionString")
      : undefined;
  return typeof connectionString === "string" && connectionString !== "" ? connectionString : null;
}

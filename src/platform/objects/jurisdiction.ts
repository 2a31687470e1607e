import { LoggableError } from "../../shared/loggable-error.ts";

/** What the platform can confine an object to (developers.cloudflare.com, "Data location"). */
const jurisdictions = ["eu", "us", "fedramp"] as const;

/** The variable that chooses one; without it, or with `none`, objects run and are kept anywhere. */
export interface JurisdictionSetting {
  DEPLOYMENT: string;
  JURISDICTION?: string;
}

/** A deployment's choice, or why it is none: a guess would make every object a second time. */
export function chooseJurisdiction({ JURISDICTION: chosen = "none" }: JurisdictionSetting) {
  if (chosen === "none") return { kind: "anywhere" } as const;
  const jurisdiction = jurisdictions.find((each) => each === chosen);
  if (jurisdiction !== undefined) return { kind: "confined", jurisdiction } as const;
  const problem = `JURISDICTION must be none, ${jurisdictions.join(", ")}`;
  return { kind: "misconfigured", problem } as const;
}

type ObjectBindings = Pick<
  Env,
  "BALLOT_SHARD" | "DECISION_ROOM" | "REGISTRY" | "VOTE_WRITER" | "METRICS_COLLECTOR"
>;

const confined = new WeakMap<object, unknown>();

/**
 * An environment whose objects all live in the deployment's jurisdiction: the same one where there
 * is none, and one in which no object can be named where the variable is of no use. Every entry of
 * the Worker and every object begins with it, so that no object is named outside.
 */
export function withinJurisdiction<Given extends ObjectBindings & JurisdictionSetting>(
  env: Given,
): Given {
  const choice = chooseJurisdiction(env);
  if (choice.kind === "anywhere") return env;
  const known = confined.get(env);
  // Kept below, for this very environment.
  if (known !== undefined) return known as Given;
  const inside: Given = {
    ...env,
    BALLOT_SHARD: confine(env.BALLOT_SHARD, choice),
    DECISION_ROOM: confine(env.DECISION_ROOM, choice),
    REGISTRY: confine(env.REGISTRY, choice),
    VOTE_WRITER: confine(env.VOTE_WRITER, choice),
    METRICS_COLLECTOR: confine(env.METRICS_COLLECTOR, choice),
  };
  confined.set(env, inside);
  return inside;
}

type Confinement = Exclude<ReturnType<typeof chooseJurisdiction>, { kind: "anywhere" }>;

function confine<Target extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<Target>,
  choice: Confinement,
): DurableObjectNamespace<Target> {
  if (choice.kind === "confined") return namespace.jurisdiction(choice.jurisdiction);
  return new Proxy(namespace, {
    get() {
      throw new LoggableError(choice.problem);
    },
  });
}

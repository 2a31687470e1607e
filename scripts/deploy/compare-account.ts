import { secretNames } from "../../src/auth/deployment-secrets.ts";
import type { FoundAccount, FoundResource } from "./read-account.ts";
import type { DeployTarget } from "./target.ts";

/** What stands between an account and a deploy. */
export interface AccountComparison {
  /** What is not created yet, each with the arguments of the wrangler command that creates it. */
  missing: { what: string; command: string[] }[];
  /** Secrets that neither the Worker nor the given file has. */
  missingSecrets: string[];
  /** What can't be put right by creating something, in words. */
  conflicts: string[];
}

/** Compares what a deployment needs with what there is; `given` are the names in the secrets' file. */
export function compareAccount(
  target: DeployTarget,
  found: FoundAccount,
  given: readonly string[],
): AccountComparison {
  const { jurisdiction, databases, queues, secrets } = target;
  const confined = jurisdiction === null ? [] : [`--jurisdiction=${jurisdiction}`];
  const needed = [
    ...databases.map(({ name }) => ({
      what: `database ${name}`,
      at: found.databases.get(name) ?? null,
      create: ["d1", "create", name],
    })),
    ...queues.map((queue) => ({
      what: `queue ${queue}`,
      at: found.queues.get(queue) ?? null,
      create: ["queues", "create", queue],
    })),
  ];
  const missing = needed
    .filter(({ at }) => at === null)
    .map(({ what, create }) => ({ what, command: [...create, ...confined] }));
  const known = new Set([...(found.secrets ?? []), ...given]);
  const conflicts = [
    ...needed.flatMap(({ what, at }) => misplaced(what, at, jurisdiction)),
    ...missingHyperdrive(target, found),
  ];
  const deployed = found.deployedJurisdiction;
  if (deployed !== null && deployed !== (jurisdiction ?? "none")) {
    conflicts.push(
      `${target.worker} is deployed with JURISDICTION = "${deployed}" and would go to "${jurisdiction ?? "none"}": there every ` +
        `decision, key and ballot would be missing, since an object of the same name elsewhere is another one`,
    );
  }
  return { missing, missingSecrets: secrets.filter((name) => !known.has(name)), conflicts };
}

/**
 * Says why nothing can be deployed, and what to do; null where it can be. Where what is missing is
 * created, it is no obstacle, but for secrets that others have issued.
 */
export function sayObstacles(
  { missing, missingSecrets, conflicts }: AccountComparison,
  { isCreating, makesSecrets }: { isCreating: boolean; makesSecrets: boolean },
): string | null {
  const lines = [...conflicts];
  const secrets = missingSecrets.filter((name) => !makesSecrets || !canBeMade(name));
  if (!isCreating) {
    lines.push(
      ...missing.map(
        ({ what, command }) => `${what} is missing: npx wrangler ${command.join(" ")}`,
      ),
    );
  }
  if (secrets.length > 0) {
    lines.push(`missing secrets, for a file that --secrets-file names: ${secrets.join(", ")}`);
  }
  if (lines.length === 0) return null;
  const isMissing = missing.length > 0 || missingSecrets.some(canBeMade);
  const hint =
    isMissing && !isCreating ? ["`npm run deploy -- --create` creates and makes them."] : [];
  return ["Nothing was changed:", ...lines.map((line) => `  ${line}`), ...hint].join("\n");
}

function canBeMade(secret: string): boolean {
  return secretNames.some((name) => name === secret);
}

/** It holds a password, so a person makes it: nothing here does. */
function missingHyperdrive(
  { hyperdrive, needsHyperdrive }: DeployTarget,
  { hasHyperdrive }: FoundAccount,
): string[] {
  const hint = '(docs/deploy.md, "Postgres")';
  if (hyperdrive !== null && !hasHyperdrive)
    return [`the Hyperdrive ${hyperdrive} of wrangler.toml is not in this account ${hint}`];
  if (hyperdrive === null && needsHyperdrive)
    return [`DATABASE = "postgres", and wrangler.toml binds no HYPERDRIVE ${hint}`];
  return [];
}

/** A database or a queue stays where it was made; without a wish any place will do. */
function misplaced(what: string, at: FoundResource | null, wanted: string | null): string[] {
  if (at === null || wanted === null || at.jurisdiction === wanted) return [];
  return [
    `${what} is in ${at.jurisdiction ?? "no jurisdiction"}, not in ${wanted}, and can't be moved: name another in wrangler.toml`,
  ];
}

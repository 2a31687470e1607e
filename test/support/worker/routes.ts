import { env } from "cloudflare:workers";
import { nameMacs } from "../../../src/auth/name-macs.ts";
import { appOf } from "../../../workers/app.ts";

export type Route = { method: string; path: string };
export type Role =
  | "public"
  | "voter"
  | "login"
  | "station"
  | "station of another decision"
  | "organiser"
  | "another organiser"
  | "auditor"
  | "auditor of another decision"
  | "admin"
  | "admin of another decision";

/** Every route that the Worker really serves, from its router: a route that the OpenAPI document forgets is here too. */
export function servedRoutes(): Route[] {
  const routes = appOf(env)
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => ({ method, path: path.replace(/:(\w+)/g, "{$1}") }));
  const byName = new Map(routes.map((route) => [nameOf(route), route]));
  return [...byName.values()];
}

export function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** Routes that stand in neither list: nobody has decided who may use them. */
export function undecidedRoutes(
  routes: readonly Route[],
  lists: { publicRoutes: readonly string[]; guardedRoutes: Readonly<Record<string, unknown>> },
): string[] {
  return routes
    .map(nameOf)
    .filter((name) => !lists.publicRoutes.includes(name) && !(name in lists.guardedRoutes));
}

/** The name of a backup as the deployment gives it. */
const unnamed = "0".repeat(32);
const begunBackup =
  unnamed + nameMacs(env.ID_KEYS, { purpose: "backup/1", macDigits: 32 }).sign(unnamed);

/** The path with its parameters filled in. */
export function fillPath(path: string, decisionId: string): string {
  return path
    .replace("{decisionId}", decisionId)
    .replace("{region}", "north")
    .replace("{shard}", "0")
    .replace("{deadLetterId}", `${decisionId}:0:1`)
    .replace("{keyId}", "0123456789abcdef")
    .replace("{provider}", "council")
    .replace("{backup}", begunBackup)
    .replace("{object}", `${decisionId}:0`);
}

import { bounds, type Bound } from "../../../rules/rule.ts";
import {
  ruleDocument,
  type Base,
  type BuiltPart,
  type BuiltRule,
  type BuiltScope,
} from "./built-rule.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * A rule's document as the ordinary forms can show it; null where it says more than they can. What
 * is read comes to the same document again, so nothing of it is lost by an edit.
 */
export function readBuiltRule(document: unknown): BuiltRule | null {
  if (!isObject(document)) return null;
  const built = readRule(document);
  return built !== null && isSame(ruleDocument(built), document) ? built : null;
}

function readRule(document: Members): BuiltRule | null {
  const { title = "", on_tie: onTie = "tie", requirements, groups = {}, tables = {} } = document;
  if (typeof title !== "string" || !Array.isArray(requirements)) return null;
  if (onTie !== "tie" && onTie !== "not_carried") return null;
  if (!isObject(groups) || !isObject(tables)) return null;
  const parts = requirements.map((one: unknown) => (isObject(one) ? readPart(one) : null));
  if (parts.includes(null)) return null;
  return {
    title,
    onTie,
    groups: Object.entries(groups).map(([name, members]) => ({ name, members: textsOf(members) })),
    tables: Object.entries(tables).map(([name, table]) => ({ name, weights: readWeights(table) })),
    parts: parts.filter((part) => part !== null),
  };
}

function readWeights(table: unknown): { region: string; weight: string }[] {
  if (!isObject(table)) return [];
  return Object.entries(table).map(([region, weight]) => ({ region, weight: String(weight) }));
}

function readPart(requirement: Members): BuiltPart | null {
  const { id, quorum = false, each, meets, ...test } = requirement;
  if (typeof id !== "string" || typeof quorum !== "boolean") return null;
  const part = { id, isQuorum: quorum };
  if (each === undefined) return readTest(part, { kind: "whole" }, test);
  if (typeof each !== "string" || !isObject(meets)) return null;
  const scope = each === "regions" ? ({ kind: "regions" } as const) : groupScope(each);
  return readTest(part, scope, meets);
}

function groupScope(group: string): BuiltScope {
  return { kind: "group", group };
}

function readTest(
  part: Pick<BuiltPart, "id" | "isQuorum">,
  scope: BuiltScope,
  test: Members,
): BuiltPart | null {
  const bound = bounds.find((each) => each in test);
  if (bound === undefined) return null;
  const figure = String(test[bound]);
  const { count, of } = test;
  if (isObject(count) && "units" in count) return readUnits({ part, bound, figure, count, of });
  const isWeight = isObject(count) && "weight" in count;
  const kind = isWeight ? count["weight"] : count;
  const base = readBase(isWeight && isObject(of) ? of["weight"] : of);
  if ((kind !== "yes" && kind !== "no" && kind !== "cast") || base === null) return null;
  const by = isWeight ? "weight" : "ballots";
  return { ...part, kind: "votes", scope, count: kind, by, bound, figure, base };
}

interface UnitsReading {
  part: Pick<BuiltPart, "id" | "isQuorum">;
  bound: Bound;
  figure: string;
  count: Members;
  of: unknown;
}

function readUnits({ part, bound, figure, count, of }: UnitsReading): BuiltPart | null {
  const { units, that, weigh } = count;
  if (typeof units !== "string") return null;
  if (that !== "for" && that !== "voting" && that !== "against") return null;
  const group = units === "regions" ? null : units;
  const table = typeof weigh === "string" ? weigh : null;
  return { ...part, kind: "units", group, that, table, bound, figure, isShare: of !== undefined };
}

function readBase(of: unknown): Base | null {
  if (of === undefined) return "number";
  if (of === "cast" || of === "eligible") return of;
  const kinds = textsOf(of).join();
  if (kinds === "yes,no") return "for_and_against";
  return kinds === "yes,no,abstain" ? "with_abstentions" : null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two documents say the same, whatever the order of their members. */
export function isSame(one: unknown, other: unknown): boolean {
  return sortedText(one) === sortedText(other);
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

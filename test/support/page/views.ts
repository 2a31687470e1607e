import type { DecisionState } from "./states.ts";

/** A page of the site in one state. */
export interface PageView {
  name: string;
  path: string;
  /** What the page itself is refused with, where it shows a refusal. */
  status?: number;
}

/** Every page about a decision, in the state that this is in. */
export function viewsOf({ name, id, token, isCertified }: DecisionState): PageView[] {
  const own = `/decisions/${id}`;
  const cut = { name: `${name} ballot with a cut link`, path: `${own}/ballot#token=abc` };
  return [
    { name: `${name} decision`, path: own },
    { name: `${name} ballot without a link`, path: `${own}/ballot` },
    ...(token === null
      ? []
      : [{ name: `${name} ballot`, path: `${own}/ballot#token=${token}` }, cut]),
    { name: `${name} votes`, path: `${own}/votes` },
    { name: `${name} display`, path: `${own}/display` },
    { name: `${name} certificate`, path: `${own}/certificate` },
    { name: `${name} statistics`, path: `${own}/statistics` },
    ...(isCertified ? [{ name: `${name} verify`, path: `/verify?decision=${id}` }] : []),
  ];
}

const gone = "/decisions/nowhere-000000000000";

/** Every page that is about no decision, or about one that does not exist. */
export const otherViews: readonly PageView[] = [
  { name: "list", path: "/" },
  { name: "list of open ones", path: "/?status=open" },
  { name: "empty list", path: "/?status=draft" },
  { name: "search", path: "/search" },
  { name: "search of certified ones", path: "/search?q=the&status=certified" },
  { name: "search that finds nothing", path: "/search?q=xyzzyplugh&status=open" },
  { name: "statistics", path: "/statistics" },
  { name: "plan", path: "/plan" },
  { name: "status", path: "/status" },
  { name: "verify", path: "/verify" },
  { name: "api docs", path: "/docs/api" },
  { name: "no such page", path: "/nowhere", status: 404 },
  { name: "no such decision", path: gone, status: 404 },
  { name: "ballot of no such decision", path: `${gone}/ballot`, status: 404 },
  { name: "votes of no such decision", path: `${gone}/votes`, status: 404 },
  { name: "display of no such decision", path: `${gone}/display`, status: 404 },
  { name: "certificate of no such decision", path: `${gone}/certificate`, status: 404 },
  { name: "statistics of no such decision", path: `${gone}/statistics`, status: 404 },
  {
    name: "verify of no such decision",
    path: "/verify?decision=nowhere-000000000000",
    status: 404,
  },
];

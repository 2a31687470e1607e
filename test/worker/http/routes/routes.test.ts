import { beforeAll, describe, expect, it } from "vitest";
import {
  guardedRoutes,
  loginBodies,
  publicBodies,
  publicRoutes,
} from "../../../support/worker/access.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { draftDecision, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { ownPage, signIn } from "../../../support/worker/sessions.ts";
import {
  fillPath,
  nameOf,
  servedRoutes,
  undecidedRoutes,
  type Role,
  type Route,
} from "../../../support/worker/routes.ts";

type Operation = { security?: Record<string, string[]>[] };
type OpenApi = { paths: Record<string, Record<string, Operation>> };

const lists = { publicRoutes, guardedRoutes };
const bodies = { ...publicBodies, ...loginBodies };
const served = servedRoutes();
const guarded = served.filter((route) => nameOf(route) in guardedRoutes);
const open = served.filter((route) => publicRoutes.includes(nameOf(route)));

function ask(route: Route, decisionId: string, headers: Record<string, string> = {}) {
  const hasBody = ["POST", "PATCH", "PUT"].includes(route.method);
  const body = hasBody ? { body: bodies[nameOf(route)] ?? {} } : {};
  return send(route.method, fillPath(route.path, decisionId), { headers, ...body });
}

/** The roles of a security requirement, in order; a ballot token's holder is a voter. */
function rolesDocumented(security: Operation["security"]): string[] {
  return (security ?? [])
    .flatMap((entry, _, all) => (all.some(isNothing) ? [] : [entry]))
    .flatMap((entry) => [
      ...(entry.apiKey ?? []),
      ...("ballotToken" in entry ? ["voter"] : []),
      ...("idToken" in entry ? ["login"] : []),
    ])
    .toSorted();
}

/** The roles that may use a route in a session. */
function rolesInSession(security: Operation["security"]): string[] {
  const entries = security ?? [];
  return entries.some(isNothing) ? [] : entries.flatMap((entry) => entry.session ?? []).toSorted();
}

/** A route for everybody, of which a key may show more, has a requirement of nothing. */
function isNothing(entry: object): boolean {
  return Object.keys(entry).length === 0;
}

/** Whoever has signed in is no voter: the routes of voters look at no cookie. */
function isForVoters(route: Route): boolean {
  const roles = guardedRoutes[nameOf(route)] ?? [];
  return roles.includes("voter") || roles.includes("login");
}

/** The same from the table, where "another organiser" is an organiser whose decision it is not. */
function rolesListed(name: string): string[] {
  return (guardedRoutes[name] ?? []).filter((role) => !role.includes("another")).toSorted();
}

describe("the list of routes", () => {
  it("decides for every route that is served who may use it", () => {
    expect(served.length).toBeGreaterThan(20);
    expect(undecidedRoutes(served, lists)).toEqual([]);
  });

  it("names a new route that nobody has decided about", () => {
    const unheardOf = { method: "GET", path: "/api/v1/decisions/{decisionId}/secrets" };
    expect(undecidedRoutes([unheardOf, ...guarded], lists)).toEqual([nameOf(unheardOf)]);
  });

  it("holds no route that is not served any more", () => {
    const listed = [...publicRoutes, ...Object.keys(guardedRoutes)].toSorted();
    expect(served.map(nameOf).toSorted()).toEqual(listed);
  });

  it("agrees with the OpenAPI document about which routes there are and which roles may use them", async () => {
    const { body } = await api<OpenApi>("GET", "/api/v1/openapi.json");
    const documented = Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security }]) => [
        `${method.toUpperCase()} ${path}`,
        rolesDocumented(security),
      ]),
    );
    const expected = served
      .filter(({ path }) => !["/healthz", "/readyz", "/api/v1/openapi.json"].includes(path))
      .map((route) => [nameOf(route), rolesListed(nameOf(route))]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected));
  });
});

describe("the OpenAPI document", () => {
  it("lets whoever has signed in use what a key of the same role may, but for stations", async () => {
    const { body } = await api<OpenApi>("GET", "/api/v1/openapi.json");
    const operations = Object.values(body.paths).flatMap((each) => Object.values(each));
    const keyed = operations.filter(({ security }) => rolesInSession(security).length > 0);
    expect(keyed.length).toBeGreaterThan(20);
    for (const { security } of operations) {
      const byKey = (security ?? []).flatMap((entry) => entry.apiKey ?? []);
      const expected = byKey.filter((role) => role !== "station").toSorted();
      expect(rolesInSession(security)).toEqual(security?.some(isNothing) ? [] : expected);
    }
  });
});

describe("without a credential", () => {
  let decisionId = "";
  beforeAll(async () => {
    decisionId = await openedDecision();
  });

  it.each(guarded)("$method $path answers 401 credential.missing", async (route) => {
    const response = await ask(route, decisionId);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    await expectProblem(response, 401, "credential.missing");
  });

  it.each(guarded)("$method $path takes no other scheme for a credential", async (route) => {
    const headers = { authorization: `Basic ${btoa(`admin:${adminKey}`)}` };
    await expectProblem(await ask(route, decisionId, headers), 401, "credential.missing");
  });

  it.each(guarded.filter(({ method }) => method === "GET"))(
    "HEAD $path is guarded as GET is",
    async ({ path }) => {
      expect((await ask({ method: "HEAD", path }, decisionId)).status).toBe(401);
    },
  );

  it.each(open)("$method $path is open to the public", async (route) => {
    const response = await ask(route, decisionId);
    // The decision has no map, which everybody is told.
    if (route.path.endsWith("/map")) {
      await expectProblem(response, 404, "map.none");
      return;
    }
    await response.body?.cancel();
    // Readiness tells of what other tests have left waiting.
    const told = route.path === "/readyz" ? [503] : [];
    expect([200, 201, 204, 302, 409, 426, ...told]).toContain(response.status);
  });
});

describe("with a credential", () => {
  const credentials = new Map<Role, string>();
  const cookies = new Map<Role, string>();
  beforeAll(async () => {
    const another = await openedDecision();
    credentials.set("voter", await tokenFor(another, "ana"));
    credentials.set("station", (await issueKey("station")).key);
    credentials.set("station of another decision", (await issueKey("station", another)).key);
    credentials.set("organiser", (await issueOrganiserKey("river-keepers")).key);
    credentials.set("another organiser", (await issueOrganiserKey("sea-keepers")).key);
    credentials.set("auditor", (await issueKey("auditor")).key);
    credentials.set("auditor of another decision", (await issueKey("auditor", another)).key);
    credentials.set("admin", adminKey);
    credentials.set("admin of another decision", (await issueKey("admin", another)).key);
    for (const [role, key] of credentials)
      if (!/voter|station/.test(role)) cookies.set(role, (await signIn(key)).cookie);
  });

  const roles: Role[] = [
    "voter",
    "station",
    "station of another decision",
    "organiser",
    "another organiser",
    "auditor",
    "auditor of another decision",
    "admin",
    "admin of another decision",
  ];
  const matrix = guarded.flatMap((route) =>
    roles.map((role) => {
      const isAllowed = guardedRoutes[nameOf(route)]?.includes(role) === true;
      return { route, role, verb: isAllowed ? "may" : "may not", name: nameOf(route), isAllowed };
    }),
  );

  it.each(matrix)("$role $verb $name", async ({ route, role, isAllowed }) => {
    const decisionId = await draftDecision({}, credentials.get("organiser"));
    const path = `/api/v1/decisions/${decisionId}`;
    const before = await api("GET", path, { key: adminKey });
    const authorization = `Bearer ${credentials.get(role)}`;
    const response = await ask(route, decisionId, { authorization });
    if (isAllowed) {
      // A voter of another decision is let in at the door and turned away inside.
      if (response.status === 403) await expectProblem(response, 403, "token.wrong_decision");
      else expect([200, 201, 202, 400, 404, 409, 415, 422]).toContain(response.status);
    } else {
      // To another organiser a draft is as little there as any decision that there is not.
      const isUnseen = role === "another organiser" && route.path.includes("{decisionId}");
      const isHidden = isUnseen && guardedRoutes[nameOf(route)]?.includes("organiser") === true;
      if (isHidden) await expectProblem(response, 404, "decision.not_found");
      else await expectProblem(response, 403, "role.forbidden");
      expect((await api("GET", path, { key: adminKey })).body).toEqual(before.body);
    }
  });

  const signedIn = matrix.filter(({ role }) => !/voter|station/.test(role));
  it.each(signedIn)("$role who has signed in $verb $name", async ({ route, role, isAllowed }) => {
    const decisionId = await draftDecision({}, credentials.get("organiser"));
    const headers = ownPage({ cookie: cookies.get(role) ?? "" });
    const response = await ask(route, decisionId, headers);
    const authorization = `Bearer ${credentials.get(role)}`;
    const byKey = isAllowed ? null : await ask(route, decisionId, { authorization });
    if (byKey === null) expect([200, 201, 202, 400, 404, 409, 415, 422]).toContain(response.status);
    else if (isForVoters(route)) await expectProblem(response, 401, "credential.missing");
    else {
      const { code, status } = await byKey.json<{ code: string; status: number }>();
      await expectProblem(response, status, code);
    }
  });

  it.each(guarded.filter(({ method }) => method !== "GET"))(
    "in a session, $method $path is refused to the pages of other sites",
    async (route) => {
      const decisionId = await draftDecision({}, credentials.get("organiser"));
      const cookie = cookies.get("admin") ?? "";
      const headers = { cookie, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
      const response = await ask(route, decisionId, headers);
      if (isForVoters(route)) await expectProblem(response, 401, "credential.missing");
      else await expectProblem(response, 403, "session.cross_site");
    },
  );

  it.each(guarded)("in a session that has ended, $method $path answers 401", async (route) => {
    const decisionId = await draftDecision({}, credentials.get("organiser"));
    const { cookie } = await signIn(adminKey);
    await send("DELETE", "/api/v1/session", { headers: ownPage({ cookie }) });
    const code = isForVoters(route) ? "credential.missing" : "session.ended";
    await expectProblem(await ask(route, decisionId, ownPage({ cookie })), 401, code);
  });

  it.each(guarded)("that nobody issued, $method $path answers 401", async (route) => {
    const decisionId = await openedDecision({ login: { issuer: "https://login.example" } });
    const [role = "admin"] = guardedRoutes[nameOf(route)] ?? [];
    const isKeys = role !== "voter" && role !== "login";
    const key = `eg_${"0".repeat(16)}_${"0".repeat(64)}_${"0".repeat(16)}`;
    const authorization = `Bearer ${isKeys ? key : "not.a.token"}`;
    const code = isKeys ? "key.invalid" : role === "login" ? "login.invalid" : "token.invalid";
    await expectProblem(await ask(route, decisionId, { authorization }), 401, code);
  });
});

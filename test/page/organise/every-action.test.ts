import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { OpenApiDocument } from "../../../src/http/openapi/document.ts";
import type { DecisionDraftBody } from "../../../src/cli/api/answers.ts";
import { createClient } from "../../../src/client/client.ts";
import { useBrowser } from "../../support/page/browser.ts";
import {
  auditDecision,
  closeUntilCertified,
  draftChangeDelete,
  drawAndTakeAwayMap,
  followPublicly,
  goTo,
  importRoll,
  markRegister,
  openWithStation,
  overseeService,
  pressTwice,
  revokeAndIssueLinks,
  seeWaiting,
  takeData,
} from "../../support/page/manage-decision.ts";
import {
  ballotLink,
  castAtStation,
  close,
  untilBallotRefused,
} from "../../support/page/organiser.ts";
import { mendedSlug, menderSlug } from "../../support/page/refused-slug.ts";
import { makeOrganiser, signInWith } from "../../support/page/run-decision.ts";
import { SeenOperations, ServedOperations } from "../../support/page/seen-operations.ts";
import { watchSettling } from "../../support/page/settled.ts";
import type { Visitor } from "../../support/page/visitor.ts";
import { eventually } from "../../support/worker/eventually.ts";

const { visit } = useBrowser();
const origin = inject("origin");
const admin = createClient({ origin, credential: inject("adminKey") });

/** What is not done in the pages, and why. */
const exceptions: Readonly<Record<string, string>> = {
  "PUT /api/v1/decisions/{decisionId}/roll":
    "for programs: pages upload a roll in pieces, so that one that breaks off goes on",
  "GET /api/v1/decisions/{decisionId}/results/{region}":
    "for programs: pages have all regions in one answer of …/results",
  "GET /api/v1/decisions/{decisionId}/results/socket":
    "for programs: pages follow …/results/stream, which says the same",
  "GET /api/v1/decisions/{decisionId}/station-socket":
    "for programs of stations: pages send votes that came on paper in batches",
  "GET /metrics": "for programs: Prometheus reads it with a key",
  "POST /api/v1/backups": "for programs: `npx enviro backup` writes files where nobody sits",
  "GET /api/v1/backups/{backup}/objects": "for programs: `npx enviro backup` asks for each page",
  "GET /api/v1/backups/{backup}/objects/{object}": "for programs: as above",
  "PUT /api/v1/backups/{backup}/objects/{object}":
    "for programs: `npx enviro restore` sends each page, to a deployment that nobody uses yet",
  "POST /api/v1/decisions/{decisionId}/shards/{shard}/recovery":
    "for an operator in need, by the runbook: it loses ballots",
  "GET /api/v1/decisions/{decisionId}/votes/others":
    "for programs that read page by page: pages read the same rows whole, with …/export?list=others",
};

const terms = {
  title: "Lower the weir at Ford?",
  regions: [
    { code: "land", name: "Landowners" },
    { code: "water", name: "Water users" },
  ],
  electorate: "roll",
  disclosure: "roll_call",
  visibility: "live",
  ends_early: "by_organiser",
  closes_at: "2036-03-01T12:00:00.000Z",
} satisfies DecisionDraftBody;

const roles = ["organiser", "auditor", "admin"] as const;
type Role = (typeof roles)[number];
type Client = typeof admin;

/** What somebody signs in with, and the decisions that are there for it. */
interface Prepared {
  key: string;
  /** A draft with regions, to be brought to its certificate. */
  draftId: string;
  /** Over, and its only ballot is refused by the database. */
  refusedId: string;
}

async function prepare(name: string, client: Client): Promise<Omit<Prepared, "key">> {
  const body = { ...terms, slug: `every-${name}` };
  const draft = await client.call("POST /api/v1/decisions", { body });
  const { id } = await client.call("POST /api/v1/decisions", {
    body: {
      slug: `${mendedSlug}-${name}`,
      title: "A vote that waits for its certificate",
      ends_early: "by_organiser",
      open: true,
    },
  });
  await castAtStation(id, [{ voter_id: "m-1", vote: "yes" }]);
  await close(id);
  await untilBallotRefused(id);
  return { draftId: draft.id, refusedId: id };
}

/** From a draft to what is published: what an organiser and an admin do alike. */
async function runDecision(
  { page }: Visitor,
  { draftId, refusedId }: Prepared,
  whileOpen: () => Promise<void>,
) {
  await draftChangeDelete(page);
  await drawAndTakeAwayMap(page, draftId);
  await importRoll(page, draftId);
  await revokeAndIssueLinks(page, draftId);
  await openWithStation(page, draftId);
  await whileOpen();
  await followPublicly(page, draftId);
  await page.getByRole("link", { name: "Decisions", exact: true }).first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await closeUntilCertified(page, draftId);
  await markRegister(page, draftId);
  await takeData(page, draftId);
  await seeWaiting(page, refusedId);
}

/** Sends a decision again from the list of those that wait, where it stands ten minutes after its close. */
async function sendAgain(page: Page, decisionId: string): Promise<void> {
  const waiting = { decision_id: decisionId, since: "2026-11-01T12:00:00.000Z" };
  await page.route("**/api/v1/uncertified-decisions?*", (route) =>
    route.fulfill({ json: { items: [waiting], next: null } }),
  );
  await page.getByRole("link", { name: "Service" }).click();
  // What it has read of the list it keeps for a while.
  await page.reload();
  const item = page.getByRole("listitem").filter({ hasText: decisionId });
  await item.getByText("Over since").waitFor();
  await item.getByRole("button", { name: /^Send to the database again/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Send it again" }).click();
  await item.getByText("Begun.").waitFor();
}

describe("in the pages of those who run decisions", () => {
  const seen = new Map<Role, SeenOperations>();
  const prepared = new Map<Role, Prepared>();
  let contract: OpenApiDocument;
  let served: ServedOperations;

  function of(role: Role): Prepared {
    const found = prepared.get(role);
    if (found === undefined) throw new Error(`nothing is prepared for the ${role}`);
    return found;
  }

  /** Signs in on the page, with all that is called noted down from then on. */
  async function signIn(role: Role): Promise<Visitor> {
    const visitor = await visit();
    const operations = new SeenOperations(served);
    operations.watch(visitor.context, visitor.page);
    seen.set(role, operations);
    // Links that were issued are in a tab alone: leaving asks.
    visitor.page.on("dialog", (dialog) => void dialog.accept());
    await visitor.page.goto("/organise");
    await signInWith(visitor.page, of(role).key);
    await visitor.page.getByRole("navigation", { name: "Run decisions" }).waitFor();
    return visitor;
  }

  async function signOut(visitor: Visitor): Promise<void> {
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto("/organise");
    await whenSettled();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await visitor.leave();
  }

  beforeAll(async () => {
    const answer = await fetch(new URL("/api/v1/openapi.json", origin));
    contract = (await answer.json()) as OpenApiDocument;
    served = new ServedOperations(contract);
    const organiser = await makeOrganiser("every-keepers");
    const { key } = await admin.call("POST /api/v1/api-keys", {
      body: { role: "auditor", label: "who audits everything" },
    });
    const [own, others] = await Promise.all([
      prepare("organiser", organiser.client),
      prepare("admin", admin),
    ]);
    prepared.set("organiser", { key: organiser.key, ...own });
    // What the organiser has run is audited afterwards.
    prepared.set("auditor", { key, ...own });
    prepared.set("admin", { key: inject("adminKey"), ...others });
  });

  /** No other file finds these dead letters. */
  afterAll(async () => {
    const body = { slug: menderSlug, title: "From now on the database takes them" };
    await admin.call("POST /api/v1/decisions", { body });
    await eventually("a database without these dead letters", async () => {
      const { items } = await admin.call("GET /api/v1/dead-letters", { query: { state: "open" } });
      const mine = items.filter(
        ({ id, decision_id }) => id === "stray" || decision_id?.startsWith(mendedSlug),
      );
      for (const { id, decision_id } of mine) {
        const act = decision_id === null ? "dismiss" : "replay";
        const path = { deadLetterId: id };
        await admin.call(`POST /api/v1/dead-letters/{deadLetterId}/${act}`, { path });
      }
      return mine.length === 0 ? true : null;
    });
  });

  it("an organiser runs a decision from its draft to its records", async () => {
    const visitor = await signIn("organiser");
    const { draftId } = of("organiser");
    await runDecision(visitor, of("organiser"), () =>
      castAtStation(draftId, [{ voter_id: "m-3", vote: "yes" }]),
    );
    await signOut(visitor);
  });

  it("an auditor reads all that there is of it, and of the deployment", async () => {
    const { draftId, refusedId } = of("auditor");
    const visitor = await signIn("auditor");
    const { page } = visitor;
    await page.getByRole("heading", { name: "All decisions" }).waitFor();
    await auditDecision(page, draftId);
    await markRegister(page, draftId);
    await page.getByText(/entries, checked in this browser/).waitFor();
    await goTo(page, draftId, "/roll");
    await page.getByText("It was frozen when the decision was opened.").waitFor();
    await seeWaiting(page, refusedId);
    await overseeService(page);
    await signOut(visitor);
  });

  it("an administrator does that all, casts votes, and sees to keys and dead letters", async () => {
    const { draftId, refusedId } = of("admin");
    const visitor = await signIn("admin");
    const { page } = visitor;
    await runDecision(visitor, of("admin"), async () => {
      const link = `https://here${await ballotLink(draftId, { voter_id: "m-1" })}`;
      await page.getByLabel("Has the voter who shows this link voted?").fill(link);
      await page.getByRole("button", { name: "Ask, and have it counted" }).click();
      await page.getByText("This voter has not voted.").waitFor();
      await page.getByLabel("Votes that came on paper").fill("m-3, yes");
      await pressTwice(page, "Cast 1 vote …", "Cast them");
      await page.getByText("Counted: 1. Refused: 0.").waitFor();
    });
    await auditDecision(page, draftId);
    await goTo(page, draftId, "/records");
    await pressTwice(page, "Send to the database again …", "Send it again");
    await page.getByText("Begun. It goes on by itself").waitFor();
    await overseeService(page);
    const letter = page.getByRole("listitem", { name: new RegExp(refusedId) });
    await letter.getByRole("button", { name: "Write it again" }).click();
    await letter.getByRole("status").filter({ hasText: /\w/ }).waitFor();
    const stray = page.getByRole("listitem", { name: "A record of no decision" });
    await stray.getByRole("button", { name: "Drop it …" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Drop it" }).click();
    await stray.waitFor({ state: "detached" });
    await sendAgain(page, refusedId);
    await pressTwice(page, "Fill the search again …", "Fill it again");
    await page.getByText(/^Filled again\. Decisions: \d/).waitFor();
    await page.getByRole("link", { name: "Keys", exact: true }).click();
    await page.getByLabel("Owner", { exact: true }).fill("every-other");
    await page.getByLabel("Who holds it").fill("Ana");
    await page.getByRole("button", { name: "Issue the key" }).click();
    await page.getByRole("button", { name: "I have kept it: hide it" }).click();
    await pressTwice(page, "Revoke the key of Ana", "Revoke the key");
    await page.getByRole("row", { name: /every-other/ }).waitFor({ state: "detached" });
    await signOut(visitor);
  });

  /** What a role may do by a document and has not done in its pages. */
  async function leftTo(role: Role, operations: ServedOperations): Promise<string[]> {
    const done = await seen.get(role)?.names();
    return operations
      .namesOf(role)
      .filter((name) => done?.has(name) !== true && !(name in exceptions));
  }

  it.each(roles)("all is done that the API lets a session do whose role is %s", async (role) => {
    expect(served.namesOf(role).length).toBeGreaterThan(10);
    expect(await leftTo(role, served)).toEqual([]);
  });

  it.each(roles)("an operation more would be missed for the role %s", async (role) => {
    const more = { post: { security: [{ session: [role] }], responses: {} } };
    const longer = { ...contract, paths: { ...contract.paths, "/api/v1/one-more": more } };
    expect(await leftTo(role, new ServedOperations(longer))).toEqual(["POST /api/v1/one-more"]);
  });

  it("nothing is excepted that is done, or that is not there", async () => {
    const names = await Promise.all([...seen.values()].map((each) => each.names()));
    for (const name of Object.keys(exceptions)) {
      expect(served.names).toContain(name);
      expect(
        names.some((done) => done.has(name)),
        `${name} is done in the pages`,
      ).toBe(false);
    }
  });
});

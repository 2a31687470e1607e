import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { BallotSession } from "../../../../src/web/ballot/ballot-session.ts";
import type { BallotPorts } from "../../../../src/web/ballot/ballot-ports.ts";
import { keptBallotsName } from "../../../../src/web/ballot/browser-texts.ts";
import { FakeBrowser, FakeTexts } from "./fake-ballot-ports.ts";

const terms = { id: "delta", electorate: "open" } as const;
const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const later = Date.parse("2027-02-01T00:00:00Z") / 1_000;
const tokenOf = (voter: string, claims = {}) =>
  `${segment({})}.${segment({ aud: "delta", sub: voter, exp: later, ...claims })}.c2ln`;
const link = tokenOf("ana");

async function begin(
  browser: FakeBrowser,
  { linked = link, tab = new FakeTexts() }: { linked?: string | null; tab?: FakeTexts } = {},
) {
  const session = new BallotSession(terms, browser.openTab(tab));
  await session.start(linked);
  return session;
}

async function castYes(session: BallotSession): Promise<void> {
  session.review({ choice: "yes", statement: null, proof: null });
  await session.cast("yes", null);
}

describe("the way of a vote", () => {
  it("leads from a link over choice and review to a receipt", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    expect(session.step()).toEqual({ kind: "choice" });
    session.review({ choice: "yes", statement: null, proof: null });
    expect(session.step()).toEqual({ kind: "review", choice: "yes", statement: null });
    session.goBack();
    expect(session.step()).toEqual({ kind: "choice" });
    expect(browser.record.bodies).toEqual([]);
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "recorded", isNew: true });
    expect(browser.record.bodies).toHaveLength(1);
  });

  it("goes on after a reload of the tab, with the ballot as it was filled in", async () => {
    const browser = new FakeBrowser();
    const tab = new FakeTexts();
    const session = await begin(browser, { tab });
    session.keepDraft({ choice: "no", statement: "It floods." });
    const reloaded = await begin(browser, { linked: null, tab });
    expect(reloaded.step()).toEqual({ kind: "choice" });
    expect(reloaded.draft()).toEqual({ choice: "no", statement: "It floods." });
    await castYes(reloaded);
    const again = await begin(browser, { linked: null, tab });
    expect(again.step()).toMatchObject({ kind: "recorded", isNew: false });
    // What a change begins with: the vote that is recorded, and the reasons.
    expect(again.draft()).toEqual({ choice: "yes", statement: "It floods." });
    again.forget();
    expect(again.draft()).toEqual({ choice: null, statement: "" });
  });

  it("keeps the token in its tab alone, and no longer than the voter wants", async () => {
    const browser = new FakeBrowser();
    const tab = new FakeTexts();
    const session = await begin(browser, { tab });
    await castYes(session);
    expect([...browser.kept.texts.values()].join()).not.toContain(link);
    expect([...tab.texts.values()]).toContain(link);
    session.forget();
    expect([...tab.texts.values(), ...browser.kept.texts.values()].join()).not.toContain(link);
    expect((await begin(browser, { linked: null, tab })).step()).toMatchObject({ kind: "token" });
  });

  it("changes a vote with the proof that is kept, and takes it back", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    await castYes(session);
    session.askChoice();
    await session.cast("no", null);
    session.reviewWithdrawal(null);
    await session.cast("withdrawn", null);
    expect(session.step()).toMatchObject({ kind: "recorded", ballot: { choice: "withdrawn" } });
    const [first, second, third] = browser.record.bodies;
    const proofOf = (nonce: string | undefined) =>
      (browser.record.receipts.get(nonce ?? "") as { r: string }).r;
    expect(first).not.toHaveProperty("proof");
    expect(second?.proof).toBe(proofOf(first?.nonce));
    expect(third?.proof).toBe(proofOf(second?.nonce));
  });

  it("gives the proof of a ballot that was cast elsewhere", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    session.review({ choice: "yes", statement: null, proof: "ab".repeat(32) });
    await session.cast("yes", null);
    expect(browser.record.bodies[0]?.proof).toBe("ab".repeat(32));
  });
});

describe("a link", () => {
  it("that is cut is said to be, also where this tab has had a whole one", async () => {
    const browser = new FakeBrowser();
    const tab = new FakeTexts();
    await begin(browser, { tab });
    const cut = await begin(browser, { linked: link.slice(0, 40), tab });
    expect(cut.step()).toEqual({ kind: "token", problem: "cut" });
    expect((await begin(browser, { linked: "" })).step()).toMatchObject({ problem: "cut" });
  });

  it("of another decision is not taken", async () => {
    const session = await begin(new FakeBrowser(), { linked: tokenOf("ana", { aud: "river" }) });
    expect(session.step()).toMatchObject({ kind: "other_decision" });
    expect(session.claims()).toBeNull();
  });

  it("that is over by a wrong clock is taken by the server's", async () => {
    const browser = new FakeBrowser();
    browser.record.serverTime = browser.now;
    browser.now = Date.parse("2031-01-01T00:00:00Z");
    expect((await begin(browser)).step()).toEqual({ kind: "choice" });
    browser.record.serverTime = browser.now;
    expect((await begin(browser)).step()).toEqual({ kind: "token", problem: "expired" });
    // Whoever can't ask lets the server decide.
    browser.record.serverTime = null;
    expect((await begin(browser)).step()).toEqual({ kind: "choice" });
  });

  it("is not used over http, where no receipt can be checked", async () => {
    const browser = new FakeBrowser();
    browser.isSecure = false;
    expect((await begin(browser)).step()).toEqual({ kind: "token", problem: "insecure" });
  });
});

describe("a vote without a clear answer", () => {
  it("is kept while there is no connection, and sent once when it is back", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.isOnline = false;
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "unsettled", answer: "unsent", isUnsent: true });
    await session.resend({ isUnseen: true });
    expect(browser.record.bodies).toEqual([]);
    browser.isOnline = true;
    await Promise.all([session.resend({ isUnseen: true }), session.resend({ isUnseen: true })]);
    expect(session.step()).toMatchObject({ kind: "recorded", isNew: true });
    expect(browser.record.bodies).toHaveLength(1);
  });

  it("can be reconsidered only while nothing was sent", async () => {
    const browser = new FakeBrowser();
    browser.isOnline = false;
    const session = await begin(browser);
    await castYes(session);
    await session.reconsider();
    expect(session.step()).toEqual({ kind: "choice" });
    browser.isOnline = true;
    browser.record.next.push(..."1234".split("").map(() => "lost after" as const));
    await castYes(session);
    expect(session.step()).toMatchObject({ answer: "unknown", isUnsent: false });
    await session.reconsider();
    expect(session.step()).toMatchObject({ kind: "unsettled" });
  });

  it("says that it is on its way, and can't be taken back, while it is sent unseen", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.isOnline = false;
    await castYes(session);
    browser.isOnline = true;
    const answer = holdAnswers(browser);
    const sending = session.resend({ isUnseen: true });
    await untilSent(browser, 1);
    expect(session.step()).toMatchObject({ kind: "sending" });
    await session.reconsider();
    expect(session.step()).toMatchObject({ kind: "sending" });
    // A page that is closed here has kept what a repeat takes.
    expect(browser.kept.texts.get(keptBallotsName("delta")) ?? "").toContain(
      browser.record.bodies[0]?.nonce,
    );
    answer();
    await sending;
    expect(session.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
  });

  it("that met a busy server is not given up while it is sent unseen again", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(...Array.from("1234", () => busy()));
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "unsettled", answer: "busy", isUnsent: true });
    const answer = holdAnswers(browser);
    browser.record.next.push("lost after");
    const sending = session.resend({ isUnseen: true });
    await untilSent(browser, 1);
    expect(session.step()).toMatchObject({ kind: "unsettled" });
    await session.reconsider();
    expect(session.step()).toMatchObject({ kind: "sending" });
    answer();
    await sending;
    expect(session.step()).toMatchObject({ kind: "unsettled", answer: "unknown", isUnsent: false });
    await session.resend();
    expect(session.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
    expect(browser.record.receipts.size).toBe(1);
  });

  it("that met a busy server alone can be reconsidered, also after a reload", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(...Array.from("12345678", () => busy()));
    await castYes(session);
    const reloaded = await begin(browser);
    expect(reloaded.step()).toMatchObject({ kind: "unsettled", answer: "busy", isUnsent: true });
    await reloaded.reconsider();
    expect(reloaded.step()).toEqual({ kind: "choice" });
    expect(reloaded.isUnfinished()).toBe(false);
  });

  it("is asked for again unseen, with the same nonce, and the step stays until it is known", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(..."12345".split("").map(() => "lost after" as const));
    await castYes(session);
    const steps: string[] = [];
    session.subscribe(() => steps.push(session.step().kind));
    await session.resend({ isUnseen: true });
    expect(steps).toEqual(["unsettled"]);
    await session.resend({ isUnseen: true });
    expect(steps).toEqual(["unsettled", "recorded"]);
    expect(browser.record.bodies).toHaveLength(6);
    expect(browser.record.receipts.size).toBe(1);
  });

  it("is settled after a reload before another vote can be cast", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(..."1234".split("").map(() => "lost after" as const));
    await castYes(session);
    const reloaded = await begin(browser);
    expect(reloaded.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
    expect(browser.record.receipts.size).toBe(1);
  });

  it("waits for its link in a tab that has lost it", async () => {
    const browser = new FakeBrowser();
    browser.isOnline = false;
    await castYes(await begin(browser));
    const other = await begin(browser, { linked: null });
    expect(other.step()).toEqual({ kind: "token", problem: "unfinished" });
  });

  it("is kept in memory, and leaving is guarded, where the browser stores nothing", async () => {
    const browser = new FakeBrowser();
    browser.kept.isFull = true;
    const session = await begin(browser);
    expect([session.isStored(), session.wouldLose()]).toEqual([false, false]);
    browser.record.next.push(..."1234".split("").map(() => "lost after" as const));
    await castYes(session);
    expect(session.wouldLose()).toBe(true);
    await session.resend();
    expect(session.step()).toMatchObject({ kind: "recorded" });
    expect(session.wouldLose()).toBe(true);
    expect(browser.record.receipts.size).toBe(1);
  });

  it("is kept when the link of another voter is opened, and settled with its own", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(..."1234".split("").map(() => "lost before" as const));
    const { promise, resolve } = Promise.withResolvers<void>();
    browser.paused = promise;
    const casting = castYes(session);
    const starting = session.start(tokenOf("ben"));
    // A digest takes a few turns; the other voter waits for the vote that is under way.
    for (let turns = 0; turns < 50; turns += 1) await setImmediate();
    expect(session.step()).toMatchObject({ kind: "sending" });
    resolve();
    await Promise.all([casting, starting]);
    expect(session.step()).toEqual({ kind: "choice" });
    await session.resend({ isUnseen: true });
    expect(browser.record.bodies).toEqual([]);
    await session.start(link);
    expect(session.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
    expect(browser.record.bodies).toHaveLength(1);
  });

  it("is not taken for recorded in a form that is not known", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(Response.json({ receipt: { version: 2 } }, { status: 201 }));
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "unsettled", answer: "unreadable" });
    const reloaded = await begin(browser);
    expect(reloaded.step()).toMatchObject({ kind: "recorded" });
  });
});

const busy = () =>
  Response.json(
    { code: "shard.overloaded" },
    { status: 503, headers: { "content-type": "application/problem+json" } },
  );

/** No answer leaves the record before the function that this returns is called. */
function holdAnswers({ record }: FakeBrowser): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  record.held = promise;
  return resolve;
}

async function untilSent({ record }: FakeBrowser, sendings: number): Promise<void> {
  while (record.bodies.length < sendings) await setImmediate();
}

describe("two tabs of one browser", () => {
  it("show the vote that one of them has cast", async () => {
    const browser = new FakeBrowser();
    const [one, other] = [await begin(browser), await begin(browser)];
    other.review({ choice: "no", statement: null, proof: null });
    await castYes(one);
    await other.followOtherTab();
    expect(other.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
    await other.followOtherTab();
    expect(browser.record.bodies).toHaveLength(1);
  });

  it("send a vote that both have waited with once", async () => {
    const browser = new FakeBrowser();
    browser.isOnline = false;
    const one = await begin(browser);
    await castYes(one);
    const other = await begin(browser);
    expect(other.step()).toMatchObject({ kind: "unsettled" });
    browser.isOnline = true;
    await Promise.all([one.resend({ isUnseen: true }), other.resend({ isUnseen: true })]);
    for (const tab of [one, other]) expect(tab.step()).toMatchObject({ kind: "recorded" });
    expect(browser.record.bodies).toHaveLength(1);
  });

  it("give up no vote that the other is sending or may have sent", async () => {
    const browser = new FakeBrowser();
    browser.isOnline = false;
    const [one, other] = [await begin(browser), await begin(browser)];
    await castYes(one);
    await other.followOtherTab();
    browser.isOnline = true;
    const answer = holdAnswers(browser);
    browser.record.next.push("lost after");
    const sending = other.resend({ isUnseen: true });
    await untilSent(browser, 1);
    expect(one.step()).toMatchObject({ kind: "unsettled", answer: "unsent", isUnsent: true });
    const reconsidering = one.reconsider();
    answer();
    await Promise.all([sending, reconsidering]);
    // It was sent again, and is the one that was recorded.
    expect(one.step()).toMatchObject({ kind: "recorded", ballot: { choice: "yes" } });
    expect(browser.record.receipts.size).toBe(1);
  });

  it("take a vote for recorded that the other has sent, when a token is refused", async () => {
    const browser = new FakeBrowser();
    browser.isOnline = false;
    const [one, other] = [await begin(browser), await begin(browser)];
    await castYes(one);
    await other.followOtherTab();
    browser.isOnline = true;
    browser.record.next.push("lost after");
    await other.resend({ isUnseen: true });
    const expired = { code: "token.expired" };
    const headers = { "content-type": "application/problem+json" };
    browser.record.next.push(Response.json(expired, { status: 401, headers }));
    await one.resend();
    expect(one.step()).toMatchObject({ kind: "refused", isDoubtful: true });
    expect(one.isUnfinished()).toBe(true);
  });

  it("cast one after the other, the second as a change of the first", async () => {
    const browser = new FakeBrowser();
    const [one, other] = [await begin(browser), await begin(browser)];
    await Promise.all([castYes(one), castYes(other)]);
    const [first, second] = browser.record.bodies;
    const receipt = browser.record.receipts.get(first?.nonce ?? "") as { r: string };
    expect(second?.proof).toBe(receipt.r);
  });
});

describe("a refused vote", () => {
  const refusal = (status: number, code: string) =>
    Response.json({ code }, { status, headers: { "content-type": "application/problem+json" } });

  it("is kept no longer", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push(refusal(409, "vote.already_cast"));
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "refused", isDoubtful: false });
    expect((await begin(browser)).step()).toEqual({ kind: "choice" });
  });

  it("is kept where an earlier sending may have been recorded", async () => {
    const browser = new FakeBrowser();
    const session = await begin(browser);
    browser.record.next.push("lost after", refusal(401, "token.expired"));
    await castYes(session);
    expect(session.step()).toMatchObject({ kind: "refused", isDoubtful: true });
    expect((await begin(browser)).step()).toMatchObject({ kind: "recorded" });
  });
});

it("a receipt of another vote is not taken for the own, and is kept from the receipts", async () => {
  const browser = new FakeBrowser();
  const ports: BallotPorts = browser.openTab();
  const session = new BallotSession(terms, {
    ...ports,
    fetch: (path, init) =>
      ports.fetch(path, {
        ...init,
        body: (init.body as string).replace('"vote":"yes"', '"vote":"no"'),
      }),
  });
  await session.start(link);
  await castYes(session);
  expect(session.step()).toMatchObject({ kind: "mismatch", mismatch: "choice" });
  expect(session.keptBallots()).toEqual([]);
});

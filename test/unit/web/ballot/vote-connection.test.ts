import { describe, expect, test } from "vitest";
import { BallotSession } from "../../../../src/web/ballot/ballot-session.ts";
import { readBallotToken } from "../../../../src/web/ballot/ballot-token.ts";
import type { BallotStep } from "../../../../src/web/ballot/ballot-step.ts";
import type { SocketOutcome } from "../../../../src/web/ballot/send-vote.ts";
import type { SocketAttempt } from "../../../../src/web/ballot/vote-socket.ts";
import { FakeBrowser } from "./fake-ballot-ports.ts";

const delta = { id: "delta", electorate: "open" } as const;
const lost: SocketOutcome = { kind: "lost" };

function tokenOf(voter: string): string {
  const claims = { aud: delta.id, exp: Date.parse("2028-01-01T00:00:00Z") / 1_000, jti: voter };
  const segments = [{ alg: "HS256" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return [...segments, "c2ln"].join(".");
}

/** Sockets of a browser: what was opened, sent and closed, and what each vote gets. */
class FakeSockets {
  readonly opened: string[] = [];
  readonly sent: SocketAttempt[] = [];
  closed = 0;
  isOpen = true;
  /** What an opening waits for. */
  opening: Promise<void> = Promise.resolve();
  answer: (attempt: SocketAttempt) => SocketOutcome | Promise<SocketOutcome> = () => lost;

  readonly open = async (token: string) => {
    this.opened.push(token);
    await this.opening;
    return {
      isOpen: () => this.isOpen,
      cast: async (attempt: SocketAttempt) => {
        this.sent.push(attempt);
        return this.answer(attempt);
      },
      close: () => {
        this.closed += 1;
      },
    };
  };
}

const ballot = { choice: "yes", statement: null, proof: null } as const;

async function reviewing() {
  const browser = new FakeBrowser();
  const sockets = new FakeSockets();
  browser.openSocket = sockets.open;
  const session = new BallotSession(delta, browser.openTab());
  await session.start(tokenOf("ana"));
  return { browser, sockets, session };
}

/** Once what was begun has gone on as far as it can. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** The receipt that the record would give. */
async function recorded(browser: FakeBrowser, attempt: SocketAttempt): Promise<SocketOutcome> {
  const { decisionId: decision_id, choice: vote, nonce } = attempt;
  const body = JSON.stringify({ decision_id, vote, nonce });
  const response = await browser.record.answer("/api/v1/voting/cast-vote", { body });
  return { kind: "receipt", receipt: await response.json() };
}

describe("the socket of a ballot page", () => {
  test("is opened with the review, not before, and closed once there is an answer", async () => {
    const { browser, sockets, session } = await reviewing();
    expect(session.step().kind).toBe("choice");
    expect(sockets.opened).toEqual([]);
    session.review(ballot);
    await settle();
    expect(sockets.opened).toEqual([tokenOf("ana")]);
    sockets.answer = (attempt) => recorded(browser, attempt);
    await session.cast("yes", null);
    expect(session.step()).toMatchObject({ kind: "recorded", isNew: true });
    expect([sockets.sent.length, browser.record.bodies.length, sockets.closed]).toEqual([1, 1, 1]);
  });

  test("is left without an answer: the vote goes by POST at once, with the same nonce", async () => {
    const { browser, sockets, session } = await reviewing();
    const sendings: BallotStep[] = [];
    session.subscribe(() => sendings.push(session.step()));
    session.review(ballot);
    await settle();
    await session.cast("yes", null);
    expect(session.step()).toMatchObject({ kind: "recorded" });
    const [body] = browser.record.bodies;
    expect(sockets.sent.map(({ nonce }) => nonce)).toEqual([body?.nonce]);
    expect(sendings.findLast(({ kind }) => kind === "sending")).toMatchObject({ sending: 1 });
    expect(sockets.closed).toBe(1);
  });

  test("leaves it open whether a vote is recorded that had no answer and was refused at the door", async () => {
    const { browser, sockets, session } = await reviewing();
    const problem = { status: 401, code: "token.expired" };
    const headers = { "content-type": "application/problem+json" };
    browser.record.next.push(Response.json(problem, { status: 401, headers }));
    session.review(ballot);
    await settle();
    await session.cast("yes", null);
    expect(sockets.sent).toHaveLength(1);
    expect(session.step()).toMatchObject({ kind: "refused", isDoubtful: true });
  });

  test("refuses as a request does, and makes nothing doubtful", async () => {
    const { browser, sockets, session } = await reviewing();
    const problem = { status: 409, code: "vote.already_cast", title: "", detail: "", type: "" };
    sockets.answer = () => ({ kind: "problem", problem });
    session.review(ballot);
    await settle();
    await session.cast("yes", null);
    expect(session.step()).toMatchObject({ kind: "refused", problem, isDoubtful: false });
    expect(browser.record.bodies).toEqual([]);
  });

  test("says that it is busy: after a pause the vote goes by POST, which says when to come again", async () => {
    const { browser, sockets, session } = await reviewing();
    const problem = { status: 503, code: "shard.overloaded", title: "", detail: "", type: "" };
    sockets.answer = () => ({ kind: "problem", problem });
    session.review(ballot);
    await settle();
    await session.cast("yes", null);
    expect(session.step()).toMatchObject({ kind: "recorded" });
    const [sent, ...others] = sockets.sent;
    expect(others).toEqual([]);
    expect(browser.record.bodies).toMatchObject([{ nonce: sent?.nonce }]);
  });

  test.each<[string, (sockets: FakeSockets) => void]>([
    ["has ended", (sockets) => void (sockets.isOpen = false)],
    ["is still opening", (sockets) => void (sockets.opening = new Promise(() => {}))],
  ])("takes no vote where it %s", async (_name, hinder) => {
    const { browser, sockets, session } = await reviewing();
    hinder(sockets);
    session.review(ballot);
    await settle();
    await session.cast("yes", null);
    expect(session.step()).toMatchObject({ kind: "recorded" });
    expect([sockets.sent.length, browser.record.bodies.length]).toEqual([0, 1]);
  });

  test("takes no vote back: that goes by POST", async () => {
    const { browser, sockets, session } = await reviewing();
    session.review(ballot);
    await settle();
    await session.cast("withdrawn", null);
    expect(session.step()).toMatchObject({ kind: "recorded" });
    expect([sockets.sent.length, browser.record.bodies.length]).toEqual([0, 1]);
  });

  test("is kept over a way back, and opened anew with another token", async () => {
    const { sockets, session } = await reviewing();
    session.review(ballot);
    await settle();
    session.goBack();
    session.review(ballot);
    await settle();
    expect([sockets.opened.length, sockets.closed]).toEqual([1, 0]);
    const other = readBallotToken(tokenOf("ben"));
    if (other === null) throw new Error("no token");
    await session.takeToken(other);
    expect(sockets.closed).toBe(1);
    session.review(ballot);
    await settle();
    expect(sockets.opened).toEqual([tokenOf("ana"), tokenOf("ben")]);
  });

  test("is closed while nobody looks, also one that opens later, and opened again after", async () => {
    const { sockets, session } = await reviewing();
    let opened = (): void => {};
    sockets.opening = new Promise((resolve) => {
      opened = resolve;
    });
    session.review(ballot);
    session.disconnect();
    opened();
    await settle();
    expect([sockets.opened.length, sockets.closed]).toEqual([1, 1]);
    session.connect();
    session.connect();
    await settle();
    expect([sockets.opened.length, sockets.closed]).toEqual([2, 1]);
  });

  test("is not tried without a connection", async () => {
    const { browser, sockets, session } = await reviewing();
    browser.isOnline = false;
    session.review(ballot);
    await settle();
    expect(sockets.opened).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { keepDraft } from "../../../../../src/decision/draft-fields.ts";
import { viewDecision } from "../../../../../src/decision/decision-json.ts";
import { decisionDraftSchema } from "../../../../../src/http/contract/decisions.ts";
import { Refusal } from "../../../../../src/web/api/read-api.ts";
import type { KeyedTexts } from "../../../../../src/web/ballot/browser-texts.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import type { DraftBody } from "../../../../../src/web/organise/drafting/draft-body.ts";
import type { TaggedDecision } from "../../../../../src/web/organise/drafting/draft-calls.ts";
import {
  DraftSession,
  type DraftPorts,
} from "../../../../../src/web/organise/drafting/draft-session.ts";
import { emptyForm, formOf } from "../../../../../src/web/organise/drafting/fill-form.ts";
import { keptDraft } from "../../../../../src/web/organise/drafting/kept-draft.ts";
import { mergeDrafts } from "../../../../../src/web/organise/drafting/merge-drafts.ts";
import { draftOf } from "../../../../../src/web/organise/drafting/draft-body.ts";

function texts(): KeyedTexts {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

/** One draft as a server keeps it, with a tag for each of its states. */
class FakeServer {
  #body: object | null = null;
  #version = 0;
  readonly changes: Partial<DraftBody>[] = [];
  readonly slugs: string[] = [];
  refusal: { status: number; code: string } | null = null;
  status: "draft" | "open" = "draft";

  get tagged(): TaggedDecision {
    const draft = decisionDraftSchema.parse(this.#body);
    const decision = {
      draft: keepDraft("the-delta", draft),
      owner: null,
      status: "draft",
      createdAt: 0,
      roll: null,
      map: null,
      isExtensionDecided: false,
      extendedTo: null,
      extensionMoves: 0,
      isExtensionTold: false,
      closedAt: null,
      certifiedAt: null,
      forgottenAt: null,
      manifest: null,
      manifestHash: null,
    } as const;
    const view = viewDecision(decision);
    return { decision: { ...view, status: this.status }, etag: `"${this.#version}"` };
  }

  /** What somebody else saves. */
  put(changes: object): TaggedDecision {
    this.#body = { ...this.#body, ...changes };
    this.#version += 1;
    return this.tagged;
  }

  /** A roll is imported: the tag is another, and no field is. */
  touch(): void {
    this.#version += 1;
  }

  create(slug: string, draft: DraftBody): Promise<TaggedDecision> {
    this.slugs.push(slug);
    this.#refuse();
    return Promise.resolve(this.put(draft));
  }

  change(draft: TaggedDecision, changes: Partial<DraftBody>): Promise<TaggedDecision> {
    this.#refuse();
    if (draft.etag !== this.tagged.etag)
      throw new Refusal({ status: 412, code: "decision.changed" });
    this.changes.push(changes);
    return Promise.resolve(this.put(changes));
  }

  #refuse(): void {
    if (this.refusal !== null) throw new Refusal(this.refusal);
  }
}

const whole = {
  ...emptyForm("UTC"),
  title: "Restore the delta",
  closes: { local: "2099-05-01T18:00", which: null },
};

function portsOf(server: FakeServer, storage: KeyedTexts | null): DraftPorts {
  let endings = 0;
  return {
    i18n: createI18n("en"),
    store: keptDraft(storage, { owner: "organiser delta", form: "x" }),
    create: async (slug, draft) => server.create(slug, draft),
    change: async (draft, changes) => server.change(draft, changes),
    read: () => Promise.resolve(server.tagged),
    randomEnding: () => {
      endings += 1;
      return `e${endings}`;
    },
    onCreated: () => {},
  };
}

/** A session on a draft that was saved before. */
function edited(storage: KeyedTexts | null = texts()) {
  const server = new FakeServer();
  const draft = server.put({
    title: "Restore the delta",
    closes_at: "2099-05-01T18:00:00Z",
    electorate: "roll",
    rule: { requirements: [{ id: "m", count: "yes", more_than: "1/2", of: ["yes", "no"] }] },
  });
  const ports = portsOf(server, storage);
  const first = { form: formOf(draft.decision, "UTC"), base: draft };
  return { server, session: new DraftSession(ports, first), ports, first };
}

describe("a draft that is filled in", () => {
  it("is created once under a slug of its title, and is saved then", async () => {
    const server = new FakeServer();
    const session = new DraftSession(portsOf(server, texts()), { form: whole, base: null });
    expect(session.view().state).toBe("new");
    await session.save();
    expect([session.view().state, server.slugs]).toEqual(["saved", ["restore-the-delta-e1"]]);
  });

  it("comes back after a reload as it was typed, until it is saved", async () => {
    const storage = texts();
    const { session, ports, first } = edited(storage);
    session.edit({ title: "Restore it" });
    const reloaded = new DraftSession(ports, first);
    expect([reloaded.view().form.title, reloaded.view().isRestored]).toEqual(["Restore it", true]);
    await reloaded.save();
    expect(new DraftSession(ports, first).view().isRestored).toBe(false);
  });

  it("says that it is not kept where the browser keeps nothing", () => {
    const { session } = edited(null);
    session.edit({ title: "Restore it" });
    expect(session.view().isKept).toBe(false);
  });

  it("is what was saved last again once what was typed is thrown away", async () => {
    const { session } = edited();
    session.edit({ title: "Second" });
    await session.save();
    session.edit({ title: "Third" });
    session.discard();
    expect([session.view().form.title, session.view().state]).toEqual(["Second", "saved"]);
  });

  it("is not sent while something in it can't be read", async () => {
    const { session, server } = edited();
    session.edit({ title: " " });
    await session.save();
    expect(session.view().faults.map(({ pointer }) => pointer)).toEqual(["/title"]);
    expect([session.view().attempt, server.changes]).toEqual([1, []]);
  });

  it.each([
    ["session.ended", 401, true],
    ["shard.unavailable", 503, false],
    ["rule.invalid", 400, false],
  ])("is kept where a save is refused by %s", async (code, status, isSignedOut) => {
    const { session, server, ports, first } = edited();
    session.edit({ title: "Restore it" });
    server.refusal = { status, code };
    await session.save();
    expect(session.view().failure?.isSignedOut).toBe(isSignedOut);
    expect(new DraftSession(ports, first).view().form.title).toBe("Restore it");
  });

  it("takes another slug once its own is taken, and keeps it", async () => {
    const server = new FakeServer();
    const ports = portsOf(server, texts());
    const session = new DraftSession(ports, { form: whole, base: null });
    server.refusal = { status: 409, code: "decision.exists" };
    await session.save();
    server.refusal = null;
    await session.save();
    expect(server.slugs).toEqual(["restore-the-delta-e1", "restore-the-delta-e2"]);
  });
});

describe("a draft that somebody else has changed meanwhile", () => {
  it("is not saved over it: what both have changed is to be chosen", async () => {
    const { session, server } = edited();
    server.put({ title: "Theirs", stations: "none" });
    session.edit({ title: "Mine", visibility: "sealed" });
    await session.save();
    const { collision } = session.view();
    if (collision === null) throw new Error("there is a collision");
    expect([server.tagged.decision.title, server.changes]).toEqual(["Theirs", []]);
    const { base, mine } = collision;
    const theirs = draftOf(collision.theirs.decision);
    await session.resolve(mergeDrafts({ base, mine, theirs }, new Map([["title", "theirs"]])));
    expect(server.changes).toEqual([{ visibility: "sealed" }]);
    expect([session.view().form.stations, session.view().collision]).toEqual(["none", null]);
  });

  it("collides once more where it is changed again before that is chosen", async () => {
    const { session, server } = edited();
    server.put({ title: "Theirs" });
    session.edit({ title: "Mine" });
    await session.save();
    server.put({ title: "Theirs again" });
    await session.resolve(session.view().collision?.mine ?? draftOf(server.tagged.decision));
    expect(session.view().collision?.theirs.decision.title).toBe("Theirs again");
    expect(server.changes).toEqual([]);
  });

  it("is saved without a question where only its roll was imported", async () => {
    const { session, server } = edited();
    server.touch();
    session.edit({ title: "Mine" });
    await session.save();
    expect([session.view().collision, server.tagged.decision.title]).toEqual([null, "Mine"]);
  });

  it("goes on in the form with what was typed, where that is wished", async () => {
    const { session, server } = edited();
    server.put({ title: "Theirs" });
    session.edit({ title: "Mine" });
    await session.save();
    session.leaveCollision();
    expect([session.view().form.title, session.view().collision]).toEqual(["Mine", null]);
  });

  it("is told to be opened, where it was opened", async () => {
    const { session, server } = edited();
    server.put({ title: "Theirs" });
    server.status = "open";
    session.edit({ title: "Mine" });
    await session.save();
    expect(session.view().failure?.title).toBe("It is no longer a draft");
    expect(session.view().form.title).toBe("Mine");
  });
});

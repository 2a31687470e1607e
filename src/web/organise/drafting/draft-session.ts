import type { I18n } from "@lingui/core";
import { Refusal } from "../../api/read-api.ts";
import type { KeptForm } from "../form/kept-form.ts";
import type { FieldFault } from "../form/field-fault.ts";
import { draftOf, type DraftBody, type WholeDraft } from "./draft-body.ts";
import type { TaggedDecision } from "./draft-calls.ts";
import type { DraftForm } from "./draft-form.ts";
import { draftSlug } from "./draft-slug.ts";
import { formOf } from "./fill-form.ts";
import type { KeptDraft } from "./kept-draft.ts";
import { findForeignChanges } from "./merge-drafts.ts";
import { changesOf, readForm } from "./read-form.ts";
import { saveFailure, type SaveFailure } from "./refusal-words.ts";

/** Somebody else has changed the draft meanwhile: as it was read, as it is here, as it is now. */
export type Collision = { base: WholeDraft; mine: WholeDraft; theirs: TaggedDecision };

/** All that a page shows of a draft that is filled in. */
export type DraftView = KeptDraft & {
  /** `new`: nothing is filled in; `changed`: what is filled in is not saved. */
  state: "new" | "changed" | "saving" | "saved";
  /** It was filled in before the page was loaded. */
  isRestored: boolean;
  /** A reload would find it. */
  isKept: boolean;
  failure: SaveFailure | null;
  faults: readonly FieldFault[];
  /** How often a save was refused. */
  attempt: number;
  collision: Collision | null;
};

export interface DraftPorts {
  i18n: I18n;
  store: KeptForm<KeptDraft>;
  create(slug: string, draft: DraftBody): Promise<TaggedDecision>;
  change(draft: TaggedDecision, changes: Partial<DraftBody>): Promise<TaggedDecision>;
  read(id: string): Promise<TaggedDecision>;
  randomEnding(): string;
  onCreated(created: TaggedDecision): void;
}

const untroubled = { failure: null, faults: [], attempt: 0, collision: null } as const;

/** A draft that is filled in: kept by the tab as it is typed, saved when that is asked for. */
export class DraftSession {
  readonly #ports: DraftPorts;
  /** What it begins with again where what was typed is thrown away. */
  #first: Pick<KeptDraft, "form" | "base">;
  #view: DraftView;
  readonly #watchers = new Set<() => void>();

  constructor(ports: DraftPorts, first: Pick<KeptDraft, "form" | "base">) {
    this.#ports = ports;
    this.#first = first;
    const kept = ports.store.read();
    const fresh = { ...first, slug: ports.randomEnding() };
    const state = kept !== null ? "changed" : first.base === null ? "new" : "saved";
    const isRestored = kept !== null;
    this.#view = { ...(kept ?? fresh), state, isRestored, isKept: true, ...untroubled };
  }

  readonly view = (): DraftView => this.#view;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly edit = (changes: Partial<DraftForm>): void => {
    const form = { ...this.#view.form, ...changes };
    this.#keep({ form, state: "changed" });
  };

  readonly save = async (): Promise<void> => {
    const { form, base, slug } = this.#view;
    const read = readForm(this.#ports.i18n, form);
    if ("faults" in read) {
      this.#refuse({ failure: null, faults: read.faults });
      return;
    }
    this.#show({ state: "saving", failure: null, faults: [] });
    await this.#trying(async () => {
      if (base !== null) await this.#change(read.body, base);
      else {
        const created = await this.#ports.create(draftSlug(read.body.title, slug), read.body);
        this.#settle(created);
        this.#ports.onCreated(created);
      }
    });
  };

  /** Saves what was chosen where somebody else has changed the draft too. */
  readonly resolve = async (merged: WholeDraft): Promise<void> => {
    const { collision } = this.#view;
    if (collision === null) return;
    this.#show({ state: "saving" });
    await this.#trying(() => this.#change(merged, collision.theirs));
  };

  /** Back to the form, with what was typed and nothing saved. */
  readonly leaveCollision = (): void => this.#show({ collision: null });

  /** Throws away what was typed since it was saved. */
  readonly discard = (): void => {
    this.#ports.store.forget();
    const state = this.#first.base === null ? "new" : "saved";
    const slug = this.#ports.randomEnding();
    this.#show({ ...this.#first, slug, state, isRestored: false, ...untroubled });
  };

  async #change(wanted: WholeDraft, base: TaggedDecision, isRepeat = false): Promise<void> {
    const before = draftOf(base.decision);
    try {
      this.#settle(await this.#ports.change(base, changesOf(before, wanted)));
    } catch (error) {
      if (!(error instanceof Refusal && error.problem.code === "decision.changed")) throw error;
      const theirs = await this.#ports.read(base.decision.id);
      if (theirs.decision.status !== "draft")
        throw new Refusal({ status: 409, code: "decision.not_draft" });
      const now = draftOf(theirs.decision);
      const isSame = findForeignChanges({ base: before, mine: wanted, theirs: now }).length === 0;
      // Only its roll is another.
      if (isSame && !isRepeat) return this.#change(wanted, theirs, true);
      this.#show({ state: "changed", collision: { base: before, mine: wanted, theirs } });
    }
  }

  #settle(saved: TaggedDecision): void {
    this.#ports.store.forget();
    const form = formOf(saved.decision, this.#view.form.timeZone);
    this.#first = { form, base: saved };
    this.#show({ ...this.#first, state: "saved", isRestored: false, ...untroubled });
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const isTaken = error instanceof Refusal && error.problem.code === "decision.exists";
      if (isTaken) this.#keep({ slug: this.#ports.randomEnding() });
      const failure = saveFailure(this.#ports.i18n, error);
      this.#refuse({ failure, faults: failure.faults });
    }
  }

  #refuse({ failure, faults }: Pick<DraftView, "failure" | "faults">): void {
    this.#show({ state: "changed", failure, faults, attempt: this.#view.attempt + 1 });
  }

  #keep(changes: Partial<DraftView>): void {
    const { form, slug, base } = { ...this.#view, ...changes };
    this.#show({ ...changes, isKept: this.#ports.store.keep({ form, slug, base }) });
  }

  #show(changes: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...changes };
    for (const watcher of this.#watchers) watcher();
  }
}

import type { Decision } from "../../src/decision/decision.ts";
import type { DecisionKeys, VoterKey } from "../../src/decision/decision-keys.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import {
  maxTokenCounts,
  noTokens,
  sumTokenCounts,
  type TokenCounts,
} from "../../src/decision/token-counts.ts";
import type { RollUploadState } from "../../src/ports/rolls.ts";
import type { FinalVerdict } from "../../src/results/listed-result.ts";
import { invariant } from "../../src/shared/invariant.ts";
import {
  prefixVersion,
  stripVersion,
  withoutVersion,
  withVersion,
  type Versioned,
} from "../../src/shared/versioned.ts";
import { makeDecisionKeys } from "./make-keys.ts";
import type { RowCheckProgress } from "./row-check.ts";
import {
  decodeReleases,
  encodeReleases,
  noReleases,
  type Releases,
} from "../../src/results/releases.ts";
import {
  decodeTurnout,
  encodeTurnout,
  type TurnoutPoint,
} from "../../src/results/turnout-series.ts";
import type { ShownVersion } from "../../src/results/shown-result.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { putPieces, readPieces } from "./text-pieces.ts";

/** What of a decision grows with its rule, regions and shards, and seldom changes. */
const textNames = ["draft", "roll", "manifest"] as const;
type TextName = (typeof textNames)[number];

/**
 * The decision as it is kept, with its revision: one value is one row written. Its texts have values
 * of their own, written when they change; here is in how many pieces.
 */
type KeptDecision = {
  decision: Omit<Decision, TextName>;
  revision: number;
  pieces: TextPieces;
};
type TextPieces = Readonly<Record<TextName, number>>;

type Seals = ReadonlyMap<number, ShardSnapshot>;

/**
 * The final outcome's version and verdict, and in how many pieces its text is kept. `figuresVersion`
 * is that of the close: certifying adds the publication, and changes no figure.
 */
type KeptOutcome = {
  version: ShownVersion;
  figuresVersion: ShownVersion;
  verdict: FinalVerdict;
  pieces: number;
};

/** The final outcome's JSON text, the version it was computed from, and what it says. */
export type FinalOutcomeText = { version: ShownVersion; text: string; verdict: FinalVerdict };

/** An upload in pieces with the hash of what its rows are checked against and spread by. */
export type KeptRollUpload = RollUploadState & { basis: string };

/** What each shard has counted of tokens, under the decision's key of this generation. */
type KeptTokenCounts = { generation: number; shards: ReadonlyMap<number, TokenCounts> };

const decisionForm = { name: "a room's decision", version: 1 };
const sealForm = { name: "a room's seal", version: 1 };
const rowCheckForm = { name: "a room's check of its rows", version: 1 };
const releasesForm = { name: "a room's releases", version: 1 };
const turnoutForm = { name: "a room's turnout", version: 1 };
const shownRegionsForm = { name: "a room's shown regions", version: 1 };
const keysForm = { name: "a decision's keys", version: 1 };
const importKeyForm = { name: "the key of an import", version: 1 };
const rollUploadForm = { name: "a room's upload of a roll", version: 1 };
const tokenCountsForm = { name: "a room's counts of tokens", version: 1 };
const mapForm = { name: "a room's map", version: 1 };
const outcomeForm = { name: "a room's outcome", version: 1 };

/** What stays of a deleted decision, by the names that its parts give. */
const keptForGood = new Set(["audit_log_head", "schema", "rolls", "rolls_ended"]);

const nothingKept: TextPieces = { draft: 0, roll: 0, manifest: 0 };

/**
 * What a room keeps, in the object's key-value storage. Reading an object that nobody created
 * writes nothing. Memory follows a write, so what could not be written is not known here either.
 */
export class RoomStore {
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;
  #decision: Decision | null = null;
  #pieces = nothingKept;
  #revision = 0;
  #seals: Seals;
  #releases = noReleases;
  #releasePieces = 0;
  #turnout: readonly TurnoutPoint[] = [];
  #shownRegions: readonly string[] | null = null;
  #tokens: KeptTokenCounts = { generation: -1, shards: new Map() };
  #tokenCounts = noTokens;
  /** Marks that are not stored yet. */
  readonly #deferredMarks = new Map<RoomMark, number>();

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
    const kept = this.#kv.get<Versioned<KeptDecision>>("decision");
    if (kept !== undefined) this.#load(withoutVersion(decisionForm, kept));
    const released = this.#kv.get<Versioned<{ pieces: number }>>("releases");
    if (released !== undefined) {
      this.#releasePieces = withoutVersion(releasesForm, released).pieces;
      this.#releases = decodeReleases(readPieces(this.#kv, "releases", this.#releasePieces));
    }
    const turnout = this.#kv.get<string>("turnout");
    if (turnout !== undefined) this.#turnout = decodeTurnout(stripVersion(turnoutForm, turnout));
    const shown = this.#kv.get<Versioned<{ codes: readonly string[] }>>("shown_regions");
    if (shown !== undefined) this.#shownRegions = withoutVersion(shownRegionsForm, shown).codes;
    const tokens = this.#kv.get<Versioned<KeptTokenCounts>>("token_counts");
    if (tokens !== undefined) this.#countTokens(withoutVersion(tokenCountsForm, tokens));
    const seals = this.#kv.list<Versioned<ShardSnapshot>>({ prefix: sealPrefix });
    this.#seals = new Map(
      [...seals].map(([, stored]) => {
        const seal = withoutVersion(sealForm, stored);
        return [seal.shard, seal];
      }),
    );
  }

  get decision(): Decision | null {
    return this.#decision;
  }

  /** Whether the decision has ended, with a result or without one. */
  get hasEnded(): boolean {
    const status = this.#decision?.status ?? "draft";
    return isSettled(status) || status === "cancelled";
  }

  /** Final snapshots by shard. */
  get seals(): Seals {
    return this.#seals;
  }

  /** Counts the changes of the decision, so that an older projection never overwrites a newer. */
  get revision(): number {
    return this.#revision;
  }

  /** The decision's keys, kept here alone: without them a voter_id gives no pid. */
  get keys(): DecisionKeys {
    const keys = this.#kv.get<Versioned<DecisionKeys>>("keys");
    invariant(keys !== undefined, "a decision has its keys from its creation on");
    return withoutVersion(keysForm, keys);
  }

  keepKeys(keys: DecisionKeys): void {
    this.#kv.put("keys", withVersion(keysForm, keys));
  }

  /** The key of the import that began last, until it is adopted; null where none did. */
  get importKey(): VoterKey | null {
    const key = this.#kv.get<Versioned<VoterKey>>("import_key");
    return key === undefined ? null : withoutVersion(importKeyForm, key);
  }

  keepImportKey(key: VoterKey): void {
    this.#kv.put("import_key", withVersion(importKeyForm, key));
  }

  /** The upload in pieces that began last; null where none did, or an import has begun since. */
  get rollUpload(): KeptRollUpload | null {
    const upload = this.#kv.get<Versioned<{ upload: KeptRollUpload | null }>>("roll_upload");
    return upload === undefined ? null : withoutVersion(rollUploadForm, upload).upload;
  }

  keepRollUpload(upload: KeptRollUpload | null): void {
    this.#kv.put("roll_upload", withVersion(rollUploadForm, { upload }));
  }

  /** What was done to ballot tokens under the decision's key, until it ended. */
  get tokenCounts(): TokenCounts {
    return this.#tokenCounts;
  }

  /**
   * Keeps what shards have counted under the key of this generation, each in all. Counts only grow:
   * an answer that comes late takes nothing back.
   */
  keepTokenCounts(generation: number, counts: ReadonlyMap<number, TokenCounts>): void {
    if (this.hasEnded || generation < this.#tokens.generation) return;
    const before = generation === this.#tokens.generation ? this.#tokens.shards : [];
    const shards = new Map(before);
    for (const [shard, ofShard] of counts)
      shards.set(shard, maxTokenCounts(shards.get(shard) ?? noTokens, ofShard));
    const kept = { generation, shards };
    this.#kv.put("token_counts", withVersion(tokenCountsForm, kept));
    this.#countTokens(kept);
  }

  create(decision: Decision, keys: DecisionKeys, record: () => void): void {
    invariant(this.#decision === null, "a decision is created once");
    this.keepDecision(decision, () => {
      this.keepKeys(keys);
      record();
    });
  }

  /**
   * Keeps the decision and what `alongside` writes in one transaction; memory follows only after it
   * has succeeded.
   */
  keepDecision(decision: Decision, alongside: () => void = () => {}): void {
    if (decision === this.#decision) return;
    const shards = decision.manifest?.shardMap.length ?? 0;
    const isSealed = this.#seals.size === shards;
    invariant(isSealed || !isSettled(decision.status), "what is closed has its shards' seals");
    const revision = this.#revision + 1;
    const pieces = this.#storage.transactionSync(() => {
      const written = this.#putTexts(decision);
      const { draft: _draft, roll: _roll, manifest: _manifest, ...rest } = decision;
      const kept: KeptDecision = { decision: rest, revision, pieces: written };
      this.#kv.put("decision", withVersion(decisionForm, kept));
      for (const [name, value] of this.#deferredMarks) this.#kv.put(name, value);
      alongside();
      return written;
    });
    this.#decision = decision;
    this.#pieces = pieces;
    this.#revision = revision;
    this.#deferredMarks.clear();
  }

  /** Whether a deletion was asked for and is not carried out yet. */
  get isDeletionAsked(): boolean {
    return this.mark("deletion_asked") === 1;
  }

  /** Whether a decision was here that is deleted. */
  get isDeleted(): boolean {
    return this.mark("deleted") === 1;
  }

  /**
   * Forgets all but the audit log, that no import is taken here any more, and that there was a
   * decision: tokens of its id may be about, which must be good for no other.
   */
  forget(): void {
    this.#storage.transactionSync(() => {
      const names = [...this.#kv.list()].map(([name]) => name);
      for (const name of names) if (!keptForGood.has(name)) this.#kv.delete(name);
      this.#kv.put("deleted", 1);
    });
    this.#decision = null;
    this.#pieces = nothingKept;
    this.#deferredMarks.clear();
  }

  /** How often a station asked whether a voter has voted. */
  get lookUps(): number {
    return Math.max(0, this.mark("look_ups"));
  }

  /**
   * How many shards have forgotten their ballots; null until the decision's time to be kept is over.
   */
  get forgottenShards(): number | null {
    const kept = this.mark("forgotten_shards");
    return kept < 0 ? null : kept;
  }

  keepForgottenShards(shards: number): void {
    this.keepMark("forgotten_shards", shards);
  }

  /**
   * Begins to forget: the keys are overwritten in the transaction of what `record` writes. Others
   * stand in their place, which fit nothing, so that whoever asks meets no special case.
   */
  beginForgetting(record: () => void): void {
    this.#storage.transactionSync(() => {
      this.keepKeys(makeDecisionKeys());
      this.#kv.delete("import_key");
      this.keepForgottenShards(0);
      record();
    });
  }

  /** Resolves once everything that was written is on disk. */
  whenDurable(): Promise<void> {
    return this.#storage.sync();
  }

  /** Does several writes in one transaction. */
  inTransaction(writes: () => void): void {
    this.#storage.transactionSync(writes);
  }

  /** Keeps these seals, each in a value of its own: 1,000 regions are some 260 kB. */
  keepSeals(seals: readonly ShardSnapshot[]): void {
    for (const seal of seals) {
      this.#kv.put(`${sealPrefix}${seal.shard}`, withVersion(sealForm, seal));
      this.#seals = new Map([...this.#seals, [seal.shard, seal]]);
    }
  }

  /** The text of the map of the decision's regions; null where there is none. */
  get mapText(): string | null {
    const pieces = this.#mapPieces;
    return pieces === 0 ? null : readPieces(this.#kv, "map", pieces);
  }

  /** In the transaction that keeps the map's hash. */
  keepMapText(text: string | null): void {
    const piecesBefore = this.#mapPieces;
    const pieces = putPieces(this.#kv, { name: "map", text: text ?? "", piecesBefore });
    this.#kv.put("map", withVersion(mapForm, { pieces }));
  }

  get #mapPieces(): number {
    const kept = this.#kv.get<Versioned<{ pieces: number }>>("map");
    return kept === undefined ? 0 : withoutVersion(mapForm, kept).pieces;
  }

  /** The final outcome's JSON text and the version it was computed from; null until the close. */
  get outcome(): { version: ShownVersion; text: string } | null {
    const kept = this.#keptOutcome;
    if (kept === null) return null;
    const { version, pieces } = kept;
    return { version, text: readPieces(this.#kv, "outcome", pieces) };
  }

  /** The version that the final figures are from, without their text; null until the close. */
  get figuresVersion(): ShownVersion | null {
    return this.#keptOutcome?.figuresVersion ?? null;
  }

  /** What the rule says of the votes; null until the close. */
  get verdict(): FinalVerdict | null {
    return this.#keptOutcome?.verdict ?? null;
  }

  get #keptOutcome(): KeptOutcome | null {
    const kept = this.#kv.get<Versioned<KeptOutcome>>("outcome");
    return kept === undefined ? null : withoutVersion(outcomeForm, kept);
  }

  /** Keeps the outcome of the close, and the same once it is certified. */
  keepOutcome({ version, text, verdict }: FinalOutcomeText): void {
    const before = this.#keptOutcome;
    const piecesBefore = before?.pieces ?? 0;
    this.#storage.transactionSync(() => {
      const pieces = putPieces(this.#kv, { name: "outcome", text, piecesBefore });
      const figuresVersion = before?.figuresVersion ?? version;
      const kept = { version, figuresVersion, verdict, pieces };
      this.#kv.put("outcome", withVersion(outcomeForm, kept));
    });
  }

  /** What is shown before the close; nothing until the first release. */
  get releases(): Releases {
    return this.#releases;
  }

  keepReleases(releases: Releases): void {
    const text = encodeReleases(releases);
    const piecesBefore = this.#releasePieces;
    const pieces = this.#storage.transactionSync(() => {
      const written = putPieces(this.#kv, { name: "releases", text, piecesBefore });
      if (written !== piecesBefore)
        this.#kv.put("releases", withVersion(releasesForm, { pieces: written }));
      return written;
    });
    this.#releasePieces = pieces;
    this.#releases = releases;
  }

  /** How turnout grew, as far as it was shown. */
  get turnout(): readonly TurnoutPoint[] {
    return this.#turnout;
  }

  keepTurnout(points: readonly TurnoutPoint[]): void {
    this.#kv.put("turnout", prefixVersion(turnoutForm, encodeTurnout(points)));
    this.#turnout = points;
  }

  /** The regions whose figures certification has shown; null before it. */
  get shownRegions(): readonly string[] | null {
    return this.#shownRegions;
  }

  /** In the transaction that certifies the decision. */
  keepShownRegions(codes: readonly string[]): void {
    this.#kv.put("shown_regions", withVersion(shownRegionsForm, { codes }));
    this.#shownRegions = codes;
  }

  /** How far the rows in the database were compared with the record; null where nobody asked. */
  get rowCheck(): RowCheckProgress | null {
    const kept = this.#kv.get<Versioned<RowCheckProgress>>("row_check");
    return kept === undefined ? null : withoutVersion(rowCheckForm, kept);
  }

  keepRowCheck(progress: RowCheckProgress | null): void {
    if (progress === null) this.#kv.delete("row_check");
    else this.#kv.put("row_check", withVersion(rowCheckForm, progress));
  }

  /** Marks of work done outside the room: what it was done for. */
  mark(name: RoomMark): number {
    return this.#deferredMarks.get(name) ?? this.#kv.get<number>(name) ?? -1;
  }

  keepMark(name: RoomMark, value: number): void {
    this.#kv.put(name, value);
    this.#deferredMarks.delete(name);
  }

  /** Stores a mark with the decision's next change. A crash before it has the work done again. */
  deferMark(name: RoomMark, value: number): void {
    this.#deferredMarks.set(name, value);
  }

  #countTokens(kept: KeptTokenCounts): void {
    this.#tokens = kept;
    this.#tokenCounts = sumTokenCounts(kept.shards.values());
  }

  #load({ decision, revision, pieces }: KeptDecision): void {
    const read = (name: TextName): unknown =>
      pieces[name] === 0 ? null : JSON.parse(readPieces(this.#kv, name, pieces[name]));
    // Written by `#putTexts` and by nothing else.
    const texts = Object.fromEntries(textNames.map((name) => [name, read(name)])) as Pick<
      Decision,
      TextName
    >;
    this.#decision = { ...decision, ...texts };
    this.#revision = revision;
    this.#pieces = pieces;
  }

  /** Writes the texts that have changed, and gives in how many pieces each of them is kept. */
  #putTexts(decision: Decision): TextPieces {
    const pieces = { ...this.#pieces };
    for (const name of textNames) {
      const value = decision[name];
      if (value === (this.#decision?.[name] ?? null)) continue;
      const text = value === null ? "" : JSON.stringify(value);
      pieces[name] = putPieces(this.#kv, { name, text, piecesBefore: pieces[name] });
    }
    return pieces;
  }
}

const sealPrefix = "seal/";

/** The marks of a room; -1 until they are set. */
export type RoomMark =
  /** 1 once every shard has its terms. */
  | "shards_opened"
  /** The audit log's entry of the opening: from there on it is everybody's. */
  | "opened_entry"
  /** 1 once the deletion of a cancelled draft was asked for. */
  | "deletion_asked"
  /** 1 once it was carried out: nothing else is kept then but the audit log. */
  | "deleted"
  /** How many shards have forgotten their ballots; set where the decision is being forgotten. */
  | "forgotten_shards"
  /** How often a station asked whether a voter has voted. */
  | "look_ups"
  /** How many imports of the roll there were. */
  | "rolls_begun"
  /** 1 where the last import that began goes to the room's own shard, 0 where it does not. */
  | "last_roll_in_room"
  /** The form of the voter_ids of the last import that began, as its place in `voterIdForms`. */
  | "last_roll_form"
  /** The most shards with objects of their own that one import went to. */
  | "roll_shards"
  /** 1 once an import went to the room's own shard. */
  | "roll_in_room"
  /** 1 once the shards without use for a roll have dropped theirs. */
  | "rolls_dropped"
  /** 1 once all rows of a long decision were compared with the record after its close. */
  | "rows_compared"
  /** 1 while the registry may have it that the decision waits to be certified, 2 once it has. */
  | "waiting_told"
  /** 1 once the registry has it that the decision's record is checked. */
  | "checks_told"
  /** When a decision that was ended early was first found to lack seals, in ms. */
  | "unsealed_since"
  /** The version that the database has of the regional results. */
  | "results_projected"
  /** The version of the decision's document that the search feed was told of. */
  | "search_told"
  /** The pages of the publication that it was told of. */
  | "search_pages_told";

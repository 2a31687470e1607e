import type { DecisionKeys, VoterKey } from "../../src/decision/decision-keys.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { makeDecisionKeys } from "./make-keys.ts";

const keysForm = { name: "a decision's keys", version: 1 };
const importKeyForm = { name: "the key of an import", version: 1 };

/** The keys of a room's decision, kept here alone: without them a voter_id gives no pid. */
export class DecisionKeyStore {
  readonly #kv: SyncKvStorage;

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
  }

  get keys(): DecisionKeys {
    const keys = this.#kv.get<Versioned<DecisionKeys>>("keys");
    invariant(keys !== undefined, "a decision has its keys from its creation on");
    return withoutVersion(keysForm, keys);
  }

  keep(keys: DecisionKeys): void {
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

  /**
   * Overwrites the keys, in the transaction that begins to forget the decision. Others stand in
   * their place, which fit nothing, so that whoever asks meets no special case.
   */
  destroy(): void {
    this.keep(makeDecisionKeys());
    this.#kv.delete("import_key");
  }
}

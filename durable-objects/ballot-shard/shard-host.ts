import { traceCommit } from "../../src/platform/objects/traced-calls.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { VersionedObject } from "../shared/versioned-object.ts";
import type { Shard } from "./shard.ts";

/**
 * An object that a shard lives in. Its callers find the shard's own calls here, whichever object it
 * is; what they do stands there.
 */
export abstract class ShardHost<Parts extends { shard: Shard }> extends VersionedObject<Parts> {
  get shard(): Shard {
    return this.parts.shard;
  }

  /** `trace` is the span that votes (W3C `traceparent`), where it is recorded. */
  castText(requests: string, trace?: string): Promise<string> | "overloaded" {
    if (trace === undefined) return this.shard.castText(requests);
    return this.#castTraced(requests, trace);
  }

  #castTraced(requests: string, trace: string): Promise<string> {
    return traceCommit(tracerOf(this.env), trace, async () => this.shard.castText(requests));
  }

  snapshot() {
    return this.shard.snapshot();
  }

  outboxProgress() {
    return this.shard.outboxProgress();
  }

  readBallots(...call: Parameters<Shard["readBallots"]>) {
    return this.shard.readBallots(...call);
  }

  readHashed(...call: Parameters<Shard["readHashed"]>) {
    return this.shard.readHashed(...call);
  }

  loadRoll(...call: Parameters<Shard["loadRoll"]>) {
    return this.shard.loadRoll(...call);
  }

  sealRoll(...call: Parameters<Shard["sealRoll"]>) {
    return this.shard.sealRoll(...call);
  }

  readRoll(...call: Parameters<Shard["readRoll"]>) {
    return this.shard.readRoll(...call);
  }

  findOnRoll(...call: Parameters<Shard["findOnRoll"]>) {
    return this.shard.findOnRoll(...call);
  }

  haveVoted(...call: Parameters<Shard["haveVoted"]>) {
    return this.shard.haveVoted(...call);
  }

  isOwnVoteCounted(...call: Parameters<Shard["isOwnVoteCounted"]>) {
    return this.shard.isOwnVoteCounted(...call);
  }

  useLogin(...call: Parameters<Shard["useLogin"]>) {
    return this.shard.useLogin(...call);
  }

  countVoters() {
    return this.shard.countVoters();
  }

  cutBallots(...call: Parameters<Shard["cutBallots"]>) {
    return this.shard.cutBallots(...call);
  }

  readCut(...call: Parameters<Shard["readCut"]>) {
    return this.shard.readCut(...call);
  }

  dropCut() {
    this.shard.dropCut();
  }
}

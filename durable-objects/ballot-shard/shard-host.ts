import { closeBack } from "../../src/http/ballot-socket/close-codes.ts";
import { traceCommit } from "../../src/platform/objects/traced-calls.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { ballotSocketPath } from "../../src/ports/socket-voter.ts";
import type { BallotSockets } from "./ballot-sockets.ts";
import { RecordObject } from "../shared/backup/record-object.ts";
import { voterOf } from "../shared/socket-attachment.ts";
import type { Shard } from "./shard.ts";

interface HostedParts {
  shard: Shard;
  ballotSockets: BallotSockets;
}

/**
 * An object that a shard lives in. Its callers find the shard's own calls here, whichever object it
 * is; what they do stands there.
 */
export abstract class ShardHost<Parts extends HostedParts> extends RecordObject<Parts> {
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

  recordState(...call: Parameters<Shard["recordState"]>) {
    return this.shard.recordState(...call);
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

  readRollPids(...call: Parameters<Shard["readRollPids"]>) {
    return this.shard.readRollPids(...call);
  }

  findPidsOnRoll(...call: Parameters<Shard["findPidsOnRoll"]>) {
    return this.shard.findPidsOnRoll(...call);
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

  /** A voter's socket; the Worker alone asks for it. */
  override async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== ballotSocketPath)
      return new Response(null, { status: 404 });
    return this.parts.ballotSockets.accept(request);
  }

  /** Watchers only listen; the platform answers their pings. */
  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const voter = voterOf(socket);
    if (voter === null) return;
    const sockets = this.readableParts?.ballotSockets ?? null;
    if (sockets === null) socket.close(1013, "the service is being updated");
    else await sockets.answer(socket, voter, message);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    if (voterOf(socket) !== null) this.readableParts?.ballotSockets.noteClosed();
    closeBack(socket, code);
  }
}

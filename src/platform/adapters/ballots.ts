import { decodeOutcomes, encodeRequests } from "../../ballot/cast-code.ts";
import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { shardOf } from "../../decision/shard-map.ts";
import type { Ballots, ShardFailure } from "../../ports/ballots.ts";
import {
  ballotSocketPath,
  encodeSocketVoter,
  socketRefusalStatuses,
  voterHeader,
  withResultsParameter,
  type SocketRefusal,
  type SocketVoter,
} from "../../ports/socket-voter.ts";
import { invariant } from "../../shared/invariant.ts";
import { isUnknownVersion } from "../../shared/versioned.ts";
import { reportFailure } from "../report-failure.ts";
import { traceCast } from "../objects/traced-calls.ts";
import { askByShard } from "./ask-by-shard.ts";
import { castByShard, hintedShard, type VoterHint } from "./cast-by-shard.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** The shards as Durable Objects. */
export function durableBallots(shardAt: ShardCalls): Ballots {
  /**
   * Never throws: a call that fails after it was sent leaves it unknown whether it counted, which
   * `unavailable` says.
   */
  const castInShard = async (
    manifest: Manifest,
    shard: number,
    requests: readonly CastRequest[],
  ): Promise<(CastOutcome | ShardFailure)[]> => {
    try {
      const target = shardAt(manifest, shard);
      const texts = encodeRequests(requests);
      const reply = await traceCast((trace) =>
        trace === undefined ? target.castText(texts) : target.castText(texts, trace),
      );
      if (reply === "overloaded") return requests.map(() => reply);
      return decodeOutcomes(reply, manifest.decisionId);
    } catch (error) {
      reportFailure("edge.shard_failed", error, { decision: manifest.decisionId, shard });
      const failure = isOverloaded(error) ? "overloaded" : "unavailable";
      return requests.map(() => failure);
    }
  };

  /** Whether each is on the shard's roll. Never throws: null where it does not answer. */
  const seekInShard = async (manifest: Manifest, shard: number, pids: readonly string[]) => {
    const { roll, decisionId } = manifest;
    invariant(roll !== null, "only voters on a roll are placed by region");
    try {
      const entries = await shardAt(manifest, shard).findOnRoll(roll.import, pids);
      return entries.map((entry) => entry !== null);
    } catch (error) {
      reportFailure("edge.shard_failed", error, { decision: decisionId, shard });
      return null;
    }
  };

  /**
   * The shard on whose roll the voter stands, where voters are placed by region: the one that the
   * token points to is asked first. Of who stands on none it is that one.
   */
  const findHolder = async (manifest: Manifest, { pid, region }: VoterHint): Promise<number> => {
    const hinted = hintedShard(manifest, { pid, region });
    const { roll, shardMap } = manifest;
    if (roll === null || manifest.placement === undefined) return hinted;
    const isOn = async (shard: number) => {
      const [entry = null] = await shardAt(manifest, shard).findOnRoll(roll.import, [pid]);
      return entry === null ? null : shard;
    };
    const first = isOn(hinted);
    // Where it does not answer one of the others may hold the voter; of none its failure is told.
    if ((await first.catch(() => null)) !== null) return hinted;
    const [holder = null] = await askByShard({
      shardMap,
      pids: [pid],
      ask: async (shard) => [await (shard === hinted ? first : isOn(shard))],
      isFound: (found) => found !== null,
    });
    return holder ?? hinted;
  };

  return {
    cast: (manifest, requests, onCall = () => {}) =>
      castByShard(manifest, requests, {
        cast(shard, some) {
          onCall();
          return castInShard(manifest, shard, some);
        },
        areOnRoll(shard, pids) {
          onCall();
          return seekInShard(manifest, shard, pids);
        },
      }),
    async openSocket(manifest, voter, asked) {
      const { decisionId } = manifest;
      try {
        const shard = await findHolder(manifest, voter.grant);
        const answer = await shardAt(manifest, shard).fetch(socketRequest(voter, asked));
        if (answer.status === 101) return answer;
        await answer.body?.cancel();
        return refusalWith(answer.status);
      } catch (error) {
        if (isUnknownVersion(error)) throw error;
        reportFailure("edge.shard_failed", error, { decision: decisionId });
        return "unavailable";
      }
    },
    async isOwnVoteCounted(manifest, question) {
      const [isCounted = false] = await askByShard({
        shardMap: manifest.shardMap,
        pids: [question.pid],
        ask: async (shard) => [await shardAt(manifest, shard).isOwnVoteCounted(question)],
        isFound: Boolean,
      });
      return isCounted;
    },
    haveVoted: (manifest, pids) =>
      askByShard({
        shardMap: manifest.shardMap,
        pids,
        ask: (shard, some) => shardAt(manifest, shard).haveVoted(some),
        isFound: Boolean,
      }),
    async useLogin(manifest, { pid, subject, digest, usableUntil }) {
      // Wherever the roll has the voter: the same one is asked each time.
      const shardOfPid = (some: string) =>
        shardAt(manifest, shardOf(some, manifest.shardMap.length));
      const once = { digest, until: usableUntil };
      if (subject === null) return shardOfPid(pid).useLogin({ bindings: [], once });
      const ofSubject = { bindings: [{ name: `subject ${subject}`, value: pid }], once: null };
      if ((await shardOfPid(subject).useLogin(ofSubject)) === "bound") return "bound";
      const ofVoter = { bindings: [{ name: `voter ${pid}`, value: subject }], once };
      return shardOfPid(pid).useLogin(ofVoter);
    },
    snapshot: (manifest, shard) => shardAt(manifest, shard).snapshot(),
    outboxProgress: (manifest, shard) => shardAt(manifest, shard).outboxProgress(),
    readBallots: ({ manifest, shard, afterSeq, max }) =>
      shardAt(manifest, shard).readHashed(afterSeq, max),
  };
}

/** Nothing else of what a client sends is the shard's: no credential, address or agent. */
function socketRequest(
  voter: SocketVoter,
  { protocol, withResults }: { protocol: string | null; withResults: boolean },
): Request {
  const headers = new Headers({ upgrade: "websocket", [voterHeader]: encodeSocketVoter(voter) });
  if (protocol !== null) headers.set("sec-websocket-protocol", protocol);
  const query = withResults ? `?${withResultsParameter}` : "";
  return new Request(`https://shard${ballotSocketPath}${query}`, { headers });
}

function refusalWith(status: number): SocketRefusal | "unavailable" {
  const refusals: SocketRefusal[] = ["over", "too_many", "full"];
  return refusals.find((each) => socketRefusalStatuses[each] === status) ?? "unavailable";
}

/**
 * The platform turned the call away before the object saw it (developers.cloudflare.com, "Durable
 * Objects: Error handling").
 */
function isOverloaded(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "overloaded") === true;
}

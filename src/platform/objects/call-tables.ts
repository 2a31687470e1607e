import type { CallTable } from "../../shared/versioned-call.ts";

/** What an object has besides the methods that it is called by. */
type OwnMembers =
  | "alarm"
  | "call"
  | "castText"
  | "connect"
  | "fetch"
  | "shard"
  | `webSocket${string}`;

type ObjectOf<Namespace> =
  Namespace extends DurableObjectNamespace<infer Target extends Rpc.DurableObjectBranded>
    ? Target
    : never;

export type RoomObject = ObjectOf<Env["DECISION_ROOM"]>;
export type ShardObject = ObjectOf<Env["BALLOT_SHARD"]>;
export type RegistryObject = ObjectOf<Env["REGISTRY"]>;
export type WriterObject = ObjectOf<Env["VOTE_WRITER"]>;
export type CollectorObject = ObjectOf<Env["METRICS_COLLECTOR"]>;

/** The methods that an object is called by. */
export type MethodOf<Target> = Exclude<keyof Target & string, OwnMembers | `__${string}`>;

/** A table with every method of an object, and no other. */
interface CompleteTable<Target> extends CallTable {
  versions: Readonly<Record<MethodOf<Target>, number>>;
}

// Whoever changes what a method takes or gives, or what that means, raises its version here.

const anyShardVersions = {
  snapshot: 1,
  outboxProgress: 1,
  recordState: 1,
  readBallots: 1,
  readHashed: 1,
  loadRoll: 1,
  sealRoll: 1,
  readRoll: 1,
  findOnRoll: 1,
  readRollPids: 1,
  findPidsOnRoll: 1,
  haveVoted: 1,
  useLogin: 1,
  isOwnVoteCounted: 1,
  countVoters: 1,
  cutBallots: 1,
  readCut: 1,
  dropCut: 1,
  dumpPage: 1,
  restorePage: 1,
  bookmarkAt: 1,
  recoverTo: 1,
  restart: 1,
};

export const shardTable: CompleteTable<ShardObject> = {
  name: "a shard",
  versions: {
    ...anyShardVersions,
    open: 1,
    pause: 1,
    extend: 1,
    seal: 1,
    reportSince: 1,
    dropRolls: 1,
    moveTokens: 1,
    forget: 1,
    confirm: 1,
    republishAll: 1,
  },
};

export const roomTable: CompleteTable<RoomObject> = {
  name: "a room",
  versions: {
    ...anyShardVersions,
    confirmFirst: 1,
    create: 1,
    read: 1,
    amend: 1,
    open: 1,
    close: 1,
    cancel: 1,
    delete: 1,
    beginRoll: 1,
    beginRollUpload: 1,
    continueRoll: 1,
    takeRollPiece: 1,
    noteRoll: 1,
    endRoll: 1,
    adoptRoll: 1,
    rollProgress: 1,
    drawMap: 1,
    mapText: 1,
    votingContext: 1,
    voterKey: 1,
    changeTokens: 1,
    countLookUp: 1,
    markRoll: 1,
    noteStationKey: 1,
    readAuditLog: 1,
    readEvents: 1,
    recordRecovery: 1,
    report: 1,
    result: 1,
    unsharedResult: 1,
    turnout: 1,
    unsharedTurnout: 1,
    disclosedResult: 1,
    certificationState: 1,
    publicationPage: 1,
    searchEntry: 1,
    searchPage: 1,
    outcome: 1,
    rebuild: 1,
    checkRecord: 1,
  },
};

export const registryTable: CompleteTable<RegistryObject> = {
  name: "the registry",
  versions: {
    dumpPage: 1,
    restorePage: 1,
    bookmarkAt: 1,
    recoverTo: 1,
    restart: 1,
    recordBackup: 1,
    recordRecovery: 1,
    registerDecision: 1,
    unregisterDecision: 1,
    listDecisions: 1,
    keepApiKey: 1,
    findApiKey: 1,
    listApiKeys: 1,
    listStationKeys: 1,
    revokeApiKey: 1,
    beginSession: 1,
    findSession: 1,
    endSession: 1,
    recordDismissal: 1,
    readAuditLog: 1,
    noteBacklog: 1,
    noteUncertified: 1,
    noteWriterFailure: 1,
    readBacklog: 1,
    listUncertified: 1,
    noteSearchFilled: 1,
    wasSearchFilled: 1,
    beginChecks: 1,
    listChecksDue: 1,
    keepChecks: 1,
    readChecks: 2,
  },
};

export const writerTable: CompleteTable<WriterObject> = {
  name: "a writer",
  versions: { start: 1, status: 1 },
};

export const collectorTable: CompleteTable<CollectorObject> = {
  name: "the collector of metrics",
  versions: { take: 1, read: 1 },
};

/** A request to watch a room has its version in its address, as `v`. */
export const watchForm = { name: "a request to watch a room", version: 1 };

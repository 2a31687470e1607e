import type { ApiKeyNames } from "../auth/api-key.ts";
import type { NameMacs } from "../auth/name-macs.ts";
import type { NamedSecrets } from "../auth/named-secrets.ts";
import type { DecisionIds } from "../auth/decision-ids.ts";
import type { BallotTokens } from "../auth/ballot-token.ts";
import type { ReceiptKeys } from "../auth/receipt-keys.ts";
import type { LoginChallenge } from "../auth/challenge/login-challenge.ts";
import type { ExternalLogins } from "../auth/external-login/external-logins.ts";
import type { StaffLogins } from "../auth/staff-login/staff-logins.ts";
import type { BacklogSummary } from "./backlog.ts";
import type { SearchReads } from "../search/search.ts";
import type { SearchFeedHealth } from "../search/search-feed.ts";
import type { Meter } from "../telemetry/metrics/meter.ts";
import type { MetricPoint } from "../telemetry/metrics/point.ts";
import type { VoteLogHealth } from "../vote-log/vote-log.ts";
import type { Admission } from "./admission.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Backups } from "./backup.ts";
import type { Ballots } from "./ballots.ts";
import type { ReplayableDeadLetters } from "./dead-letters.ts";
import type { Decisions } from "./decisions.ts";
import type { DisclosedReads } from "./disclosed-reads.ts";
import type { ListedChecks } from "./record-check.ts";
import type { SealedLists } from "./sealed-lists.ts";
import type { CacheState, Results } from "./results.ts";
import type { Recoveries } from "./recovery.ts";
import type { Rolls } from "./rolls.ts";
import type { Sessions } from "./sessions.ts";
import type { Statistics } from "./statistics.ts";
import type { SearchReindex } from "../search/reindex.ts";
import type { ReportFailure } from "../shared/log-line.ts";
import type { Tracer } from "../telemetry/traces/tracer.ts";

/** All that the HTTP side needs from elsewhere. */
export type HttpDependencies = {
  admission: Admission;
  results: Results;
  cacheState(): Promise<CacheState>;
  decisionIds: DecisionIds;
  decisions: Decisions;
  ballots: Ballots;
  rolls: Rolls;
  apiKeys: ApiKeys;
  apiKeyNames: ApiKeyNames;
  sessions: Sessions;
  sessionSecrets: NamedSecrets;
  staffLogins: StaffLogins;
  tokens: BallotTokens;
  receipts: ReceiptKeys;
  challenge: LoginChallenge;
  logins: ExternalLogins;
  database: DisclosedReads;
  /** The lists of the same database, of replicas too. */
  lists: SealedLists;
  /** Null where the deployment has none; so are its statistics, and the way to fill it. */
  search: SearchReads | null;
  searchFeed: SearchFeedHealth;
  searchReindex: SearchReindex | null;
  statistics: Statistics | null;
  /** By which cursors of searches are known again. */
  searchCursors: NameMacs;
  backups: Backups;
  recoveries: Recoveries;
  deadLetters: ReplayableDeadLetters;
  /** What shards, rooms and writers have told that waits; one call, whatever their number. */
  backlog(): Promise<BacklogSummary>;
  /** What was last found of decisions' records; one call, whatever their number. */
  recordChecks(): Promise<ListedChecks>;
  voteLog: { health(): Promise<VoteLogHealth> };
  /** SHA-256 (hex) of the first admin key, which is a secret of the deployment. */
  adminKeyDigest: string;
  tracer: Tracer;
  meter: Meter;
  /** What the whole deployment has measured; null where that is not asked here. */
  metrics: { read(): Promise<MetricPoint[]> } | null;
  now(): number;
  report: ReportFailure;
  /** Counts a credential that was refused, by the code of the refusal. */
  noteRefusal(code: string): void;
};

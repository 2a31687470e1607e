import { checkPhase, sendVotes, type BenchRun, type VotingResult } from "./bench-run.ts";
import { sum, toRow, type Row } from "./row.ts";
import { closedLoopConnections, goals, openLoopConnections, openLoopShares } from "./settings.ts";

const slug = "bench-single";
const closedLoop = { kind: "closed", connections: closedLoopConnections } as const;
const calibrationMs = 3_000;
const calibrationVotes = 30_000;
/** Tokens signed for a round, over what the last one needed: too few would end it early. */
const tokenReserve = 1.5;

/** One vote a request: first the highest rate there is, then the latency at shares of it. */
export async function benchSingleVotes(run: BenchRun): Promise<void> {
  const decisionId = await run.platform.openDecision(slug, run.shards);
  const closed = await benchClosedLoop(run, decisionId);
  run.rows.push(closed.row);
  let { acknowledged } = closed;
  for (const share of openLoopShares) {
    const step = await benchOpenLoop(run, decisionId, share);
    run.rows.push(step.row);
    acknowledged += step.acknowledged;
  }
  await checkPhase(run, decisionId, acknowledged);
}

type Step = { row: Row; acknowledged: number };

async function benchClosedLoop(run: BenchRun, decisionId: string): Promise<Step> {
  const { settings, platform } = run;
  const calibration = await calibrate(run, decisionId, "one vote a request: getting warm");
  const perSecond = calibration.requests / calibration.measuredSeconds;
  const seconds = (settings.warmUpMs + settings.roundMs) / 1_000;
  const results: VotingResult[] = [];
  const echoRates: number[] = [];
  for (let round = 1; round <= settings.rounds; round += 1) {
    const { result, echoPerSecond } = await run.echo.around(() =>
      sendVotes(run, decisionId, {
        name: `one vote a request, closed loop, round ${round} of ${settings.rounds}`,
        plan: platform.votesPlan(decisionId, Math.ceil(perSecond * seconds * tokenReserve)),
        pace: closedLoop,
        warmUpMs: settings.warmUpMs,
        measureMs: settings.roundMs,
      }),
    );
    results.push(result);
    echoRates.push(echoPerSecond);
  }
  const acknowledged = sum([calibration, ...results], (result) => result.acknowledgedVotes);
  const echoPerSecond = sum(echoRates, (rate) => rate) / echoRates.length;
  const name = `one vote a request, ${closedLoopConnections} at a time`;
  const goal = goals.singleVotesOfEcho;
  const row = toRow(name, { results, echoPerSecond }, ({ requestsOfEcho }) => ({
    text: `${goal.toFixed(2)} of echo`,
    isMet: requestsOfEcho >= goal,
  }));
  return { row, acknowledged };
}

/**
 * A share of the rate that is held just then: by the minute a shared machine becomes half as fast,
 * and a schedule of before would overrun it.
 */
async function benchOpenLoop(run: BenchRun, decisionId: string, share: number): Promise<Step> {
  const { settings, platform } = run;
  const name = `  on schedule at ${Math.round(share * 100)} % of what is held`;
  const seconds = (settings.warmUpMs + settings.openLoopMs) / 1_000;
  const rounds = share === goals.shareOfHeldRate ? settings.rounds : 1;
  const results: VotingResult[] = [];
  const echoRates: number[] = [];
  let acknowledged = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const held = await calibrate(run, decisionId, "one vote a request: what is held now");
    const perSecond = (held.requests / held.measuredSeconds) * share;
    const { result, echoPerSecond } = await run.echo.around(() =>
      sendVotes(run, decisionId, {
        name: `one vote a request, open loop, ${name.trim()}, round ${round} of ${rounds}`,
        plan: platform.votesPlan(decisionId, Math.ceil(perSecond * seconds)),
        pace: { kind: "open", connections: openLoopConnections, perSecond },
        warmUpMs: settings.warmUpMs,
        measureMs: settings.openLoopMs,
      }),
    );
    results.push(result);
    echoRates.push(echoPerSecond);
    acknowledged += held.acknowledgedVotes + result.acknowledgedVotes;
  }
  const echoPerSecond = sum(echoRates, (rate) => rate) / echoRates.length;
  const row = toRow(name, { results, echoPerSecond }, ({ p99Ms, requestsPerSecond }) =>
    share === goals.shareOfHeldRate
      ? { text: `p99 under ${goals.p99Ms} ms`, isMet: requestsPerSecond > 0 && p99Ms < goals.p99Ms }
      : null,
  );
  return { row, acknowledged };
}

function calibrate(run: BenchRun, decisionId: string, name: string): Promise<VotingResult> {
  return sendVotes(run, decisionId, {
    name,
    plan: run.platform.votesPlan(decisionId, calibrationVotes),
    pace: closedLoop,
    warmUpMs: run.settings.warmUpMs,
    measureMs: calibrationMs,
  });
}

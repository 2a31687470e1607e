import { createHash } from "node:crypto";
import { readCsvRows } from "../../src/cli/replay/csv-rows.ts";
import { readQuestions } from "../../src/cli/replay/questions.ts";
import { choices } from "../../src/ballot/ballot.ts";
import type { DecisionDocument } from "../../src/search/decision-document.ts";
import type { BallotDocument, BallotPage } from "../../src/search/search.ts";

/** About as many as a page of a publication holds. */
const ballotsAPage = 800;
/** Every roll call closed a minute after the one before it, in 2026. */
const firstAt = Date.UTC(2026, 9, 1);
const minuteMs = 60_000;

/** A record of roll calls, as `enviro replay` reads it, in the form in which it is indexed. */
export interface RecordDocuments {
  decisions: DecisionDocument[];
  pages: BallotPage[];
}

/** @param files CSV: votes by `roll_call,voter_id,vote`, and what the roll calls were about */
export async function readRecordDocuments(files: {
  votes: string;
  rollCalls: string;
}): Promise<RecordDocuments> {
  const questions = await readQuestions(files.rollCalls);
  const closedAt = new Map(
    [...questions.keys()].map((id, place) => [id, firstAt + place * minuteMs]),
  );
  const ballots = new Map<string, BallotDocument[]>();
  for await (const { cells } of readCsvRows(files.votes, ["roll_call", "voter_id", "vote"])) {
    const [id = "", region = "", vote] = cells;
    const choice = choices.find((known) => known === vote);
    if (choice === undefined) continue;
    const hash = createHash("sha256").update(`${id} ${region}`).digest("hex");
    const its = ballots.get(id) ?? [];
    its.push({ hash, choice, region, weight: 1, at: closedAt.get(id) ?? firstAt });
    ballots.set(id, its);
  }
  const decisions = [...questions].map(([id, { title, description }]): DecisionDocument => {
    const its = ballots.get(id) ?? [];
    const at = closedAt.get(id) ?? firstAt;
    return {
      id,
      version: 8,
      texts: [{ language: "en", title, description }],
      status: "certified",
      outcome:
        its.filter(({ choice }) => choice === "yes").length * 2 > its.length
          ? "carried"
          : "not_carried",
      owner: null,
      regions: its.flatMap(({ region }) => region ?? []),
      rule: "ballots",
      opensAt: at - minuteMs,
      closesAt: at,
      closedAt: at,
      electorate: its.length,
      voted: its.length,
    };
  });
  const pages = [...ballots].flatMap(([decisionId, its]) => pagesOf(decisionId, its));
  return { decisions, pages };
}

function pagesOf(decisionId: string, ballots: readonly BallotDocument[]): BallotPage[] {
  const pages: BallotPage[] = [];
  for (let from = 0; from < ballots.length; from += ballotsAPage)
    pages.push({
      decisionId,
      page: pages.length + 1,
      ballots: ballots.slice(from, from + ballotsAPage),
    });
  return pages;
}

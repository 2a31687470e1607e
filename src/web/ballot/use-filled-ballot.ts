import { useLingui } from "@lingui/react/macro";
import { useRef, useState, type FormEvent } from "react";
import type { ApiDecision } from "../contract.ts";
import type { FilledBallot } from "./ballot-session.ts";
import { readProof } from "./read-proof.ts";
import { readStatement } from "./read-statement.ts";
import type { BallotDraft } from "./tab-memory.ts";

export type FilledBallotInput = {
  decision: ApiDecision;
  draft: BallotDraft;
  onDraft: (draft: BallotDraft) => void;
  onReview: (ballot: FilledBallot) => void;
  onWithdraw: (proof: string | null) => void;
};

type Complaints = { choice?: string; statement?: string; proof?: string };

/** A ballot while it is filled in, and what is wrong with it once it is to be reviewed. */
export function useFilledBallot(props: FilledBallotInput) {
  const { decision, onReview, onWithdraw } = props;
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(props.draft);
  const [pastedProof, setPastedProof] = useState("");
  const [complaints, setComplaints] = useState<Complaints>({});

  const change = (changed: Partial<BallotDraft>): void => {
    const latest = { ...draft, ...changed };
    setDraft(latest);
    props.onDraft(latest);
  };
  const complain = (found: Complaints, field: string): void => {
    setComplaints(found);
    form.current?.querySelector<HTMLElement>(field)?.focus();
  };
  /** Undefined where what was given is none. */
  const givenProof = (): string | null | undefined => {
    if (pastedProof.trim() === "") return null;
    const proof = readProof(pastedProof);
    if (proof !== null) return proof;
    complain({ proof: t`No proof is in this. Paste the whole receipt.` }, "#ballot-proof");
    return undefined;
  };
  const review = (event: FormEvent): void => {
    event.preventDefault();
    const { choice } = draft;
    if (choice === null) {
      return complain({ choice: t`Choose one of the three first.` }, "[name=vote]");
    }
    const isRollCall = decision.disclosure === "roll_call";
    const statement = isRollCall ? readStatement(draft.statement) : null;
    if (statement === undefined) {
      return complain({ statement: t`Shorten it first.` }, "#ballot-statement");
    }
    const proof = givenProof();
    if (proof !== undefined) onReview({ choice, statement, proof });
  };
  const withdraw = (): void => {
    const proof = givenProof();
    if (proof !== undefined) onWithdraw(proof);
  };
  return {
    form,
    draft,
    complaints,
    change,
    review,
    withdraw,
    pasted: pastedProof,
    paste: setPastedProof,
  };
}

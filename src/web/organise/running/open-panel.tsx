import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { ruleQuery } from "../../api/queries.ts";
import { Refusal } from "../../api/read-api.ts";
import type { ApiDecision } from "../../contract.ts";
import { useNow } from "../../results/use-now.ts";
import RuleInWords from "../../rule/rule-in-words.tsx";
import { callApi } from "../api/organiser-api.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { Acknowledgements, type Acknowledged } from "./acknowledgements.tsx";
import { FrozenTerms } from "./frozen-terms.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { openingLacks, type OpeningLack } from "./opening-checks.ts";
import { RefusalNotice } from "./refusal-notice.tsx";
import { useAct } from "./use-act.ts";

/** Opening a draft: what freezes, what is missing, and what has to be known before. */
export function OpenPanel({ decision }: { decision: ApiDecision }) {
  const { id } = decision;
  const now = useNow();
  const [isAsking, setIsAsking] = useState(false);
  const [acknowledged, setAcknowledged] = useState(nothingKnown);
  const { mutate, error, isPending } = useAct(id, () => openIt(id, acknowledged));
  const lacks = now === null ? [] : openingLacks(decision, now);
  const code = error instanceof Refusal ? error.problem.code : "";
  return (
    <section className="running-part" aria-labelledby="open-title">
      <h2 id="open-title">
        <Trans>Open the vote</Trans>
      </h2>
      <p>
        <Trans>
          Opening freezes the terms below for good: nobody changes them afterwards, you included.
          Read them once more.
        </Trans>
      </p>
      <FrozenTerms decision={decision} />
      <DraftRule id={id} />
      {lacks.length === 0 ? null : <Lacks id={id} lacks={lacks} />}
      {error === null || isAsking ? null : <RefusalNotice error={error} />}
      <Acknowledgements
        decision={decision}
        code={code}
        value={acknowledged}
        onChange={setAcknowledged}
      />
      <button
        type="button"
        className="button strong"
        disabled={lacks.length > 0}
        onClick={() => setIsAsking(true)}
      >
        <Trans>Open the vote …</Trans>
      </button>
      {isAsking ? (
        <OpenDialog
          decision={decision}
          isPending={isPending}
          refusal={null}
          onAct={() => mutate(undefined, { onSettled: () => setIsAsking(false) })}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </section>
  );
}

const nothingKnown: Acknowledged = { smallCells: false, smallGroups: false, rows: null };

/** The rule as it stands in the draft: what was read of it before may have been changed since. */
function DraftRule({ id }: { id: string }) {
  const rule = useQuery({
    ...ruleQuery(readAsSignedIn, id),
    queryKey: ["draft rule", id],
    staleTime: 0,
  });
  return rule.data === undefined ? null : <RuleInWords description={rule.data} />;
}

function openIt(decisionId: string, known: Acknowledged): Promise<ApiDecision> {
  const { smallCells, smallGroups, rows } = known;
  return callApi("POST /api/v1/decisions/{decisionId}/open", {
    path: { decisionId },
    body: {
      ...(smallCells ? { acknowledge_small_cells: true } : {}),
      ...(smallGroups ? { acknowledge_small_groups: true } : {}),
      ...(rows === null ? {} : { accept_refused_rows: rows }),
    },
  });
}

function Lacks({ id, lacks }: { id: string; lacks: readonly OpeningLack[] }) {
  return (
    <div className="notice" role="status">
      <p className="notice-title">
        <Trans>Before it can be opened</Trans>
      </p>
      <ul className="consequences">
        {lacks.map((lack) => (
          <li key={lack}>
            {lack === "end" ? (
              <Trans>
                nothing would end it: set when voting closes, or that you close it yourself, in the{" "}
                <Link href={organisedDecisionAddress(id)}>terms</Link>.
              </Trans>
            ) : null}
            {lack === "passed" ? (
              <Trans>
                its closing time has passed: set a later one in the{" "}
                <Link href={organisedDecisionAddress(id)}>terms</Link>.
              </Trans>
            ) : null}
            {lack === "roll" ? (
              <Trans>
                nobody could vote: upload the{" "}
                <Link href={organisedDecisionAddress(id, "roll")}>roll</Link>.
              </Trans>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Clause, RuleDescription } from "../../rules/describe-rule.ts";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { RuleCondition } from "./rule-condition.tsx";
import "./rule.css";

/** The rule of a decision in words, once it is read. */
export function DecisionRule({ id }: { id: string }) {
  const { data: { description } = {} } = useQuery(ruleQuery(useReadApi(), id));
  return description === undefined ? null : <RuleInWords description={description} />;
}

/** When a decision is carried, as a stranger would ask for it. */
export function RuleInWords({ description }: { description: RuleDescription }) {
  const { title, requirements } = description;
  const quorums = requirements.filter(({ quorum }) => quorum);
  const others = requirements.filter(({ quorum }) => !quorum);
  return (
    <section className="rule" aria-labelledby="rule-title">
      <h2 id="rule-title">
        <Trans>The rule</Trans>
      </h2>
      {title !== "" && (
        <p className="quiet-line" dir="auto">
          {title}
        </p>
      )}
      {quorums.length > 0 && (
        <div>
          <p>
            <Trans>There is a vote at all only if</Trans>
          </p>
          <RequirementList requirements={quorums} />
        </div>
      )}
      {others.length > 0 && (
        <div>
          <p>
            {quorums.length > 0 ? (
              <Trans>and then it is carried if</Trans>
            ) : (
              <Trans>It is carried if</Trans>
            )}
          </p>
          <RequirementList requirements={others} />
        </div>
      )}
      <TieWords description={description} />
    </section>
  );
}

function RequirementList({ requirements }: Pick<RuleDescription, "requirements">) {
  return (
    <ul>
      {requirements.map(({ id, clause, deemed_met_when: otherwise }) => (
        <li key={id}>
          <RuleCondition clause={clause} />
          {otherwise !== null && (
            <div>
              <Trans>or else</Trans> <RuleCondition clause={otherwise} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What equal votes come to, where the rule has a majority that they could just miss. */
function TieWords({ description }: { description: RuleDescription }) {
  if (!description.requirements.some(({ clause }) => mayBeTied(clause))) return null;
  const words = {
    tie: <Trans>Equal votes for and against are a tie, and do not carry it.</Trans>,
    not_carried: <Trans>Equal votes for and against do not carry it.</Trans>,
    casting_vote: <Trans>Where votes for and against are equal, the chair decides.</Trans>,
  };
  return <p>{words[description.on_tie]}</p>;
}

function mayBeTied(clause: Clause): boolean {
  if (clause.type === "stance") return clause.stance === "for";
  if (clause.type !== "compare" || clause.bound !== "more_than" || clause.of === null) return false;
  return clause.count.type === "votes" && clause.figure === "1/2" && clause.of.type === "votes";
}

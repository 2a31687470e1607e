import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Clause, RuleDescription } from "../../rules/describe-rule.ts";
import { RuleCondition } from "./rule-condition.tsx";
import { ruleTitleWords } from "./rule-titles.ts";
import { conditionWords } from "./rule-words.ts";

/** When a decision is carried, as a stranger would ask for it. */
export default function RuleInWords({ description }: { description: RuleDescription }) {
  const { i18n } = useLingui();
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
          {ruleTitleWords(i18n, title) ?? title}
        </p>
      )}
      <Requirements
        requirements={quorums}
        one={(condition) => <Trans>There is a quorum if {condition}.</Trans>}
        many={<Trans>There is a quorum if all of this holds:</Trans>}
      />
      <Requirements
        requirements={others}
        one={(condition) =>
          quorums.length > 0 ? (
            <Trans>With a quorum, it is carried if {condition}.</Trans>
          ) : (
            <Trans>It is carried if {condition}.</Trans>
          )
        }
        many={
          quorums.length > 0 ? (
            <Trans>With a quorum, it is carried if all of this holds:</Trans>
          ) : (
            <Trans>It is carried if all of this holds:</Trans>
          )
        }
      />
      <TieWords description={description} />
    </section>
  );
}

type RequirementsProps = Pick<RuleDescription, "requirements"> & {
  /** The sentence of a single condition, and what stands above several. */
  one: (condition: string) => ReactNode;
  many: ReactNode;
};

function Requirements({ requirements, one, many }: RequirementsProps) {
  const { i18n } = useLingui();
  const [only] = requirements;
  if (only === undefined) return null;
  if (requirements.length === 1 && isSimple(only)) {
    return <p>{one(conditionWords(i18n, only.clause))}</p>;
  }
  return (
    <div>
      <p>{many}</p>
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
    </div>
  );
}

function isSimple({ clause, deemed_met_when: otherwise }: RuleDescription["requirements"][number]) {
  return otherwise === null && clause.type !== "all" && clause.type !== "any";
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
  if (clause.type !== "compare" || clause.bound !== "more_than" || clause.figure !== "1/2") {
    return false;
  }
  const { count, of } = clause;
  if (count.type !== "votes" || count.plus.join() !== "yes" || of?.type !== "votes") return false;
  return of.plus.includes("yes") && of.plus.includes("no");
}

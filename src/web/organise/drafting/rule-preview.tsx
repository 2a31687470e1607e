import { Trans, useLingui } from "@lingui/react/macro";
import { useDeferredValue, useMemo, useState } from "react";
import { describeRule } from "../../../rules/describe-rule.ts";
import { parseRule } from "../../../rules/parse-rule.ts";
import type { Rule } from "../../../rules/rule.ts";
import { limits } from "../../../shared/limits.ts";
import { formatInteger, formatNames } from "../../i18n/format.ts";
import { verdictWord } from "../../outcome/verdict-words.ts";
import type { CountMeasure } from "../../results/measure.ts";
import { requirementName } from "../../rule/name-words.ts";
import RuleInWords from "../../rule/rule-in-words.tsx";
import { supposedMeasures } from "../../what-if/evaluate-supposed.ts";
import type { SupposedFigures } from "../../what-if/supposed-figures.ts";
import { SupposedRowFields } from "../../what-if/supposed-row-fields.tsx";
import { SupposedVerdict } from "../../what-if/supposed-verdict.tsx";
import "../../rule/rule.css";
import "../../what-if/what-if.css";
import "../../outcome/outcome.css";
import { FaultText } from "../form/fault-text.tsx";
import type { DraftForm, RuleForm } from "./draft-form.ts";
import { ruleOfForm } from "./read-form.ts";
import { sampleFigures, sampleSum, sampleVoters, trySamples } from "./sample-tallies.ts";
import { sampleWords } from "./template-words.ts";

export interface RulePreviewProps {
  rule: RuleForm;
  regions: DraftForm["regions"];
}

/** The rule in words as it is filled in, and what it says of votes as they might come. */
export function RulePreview({ rule: written, regions: typed }: RulePreviewProps) {
  // Typing goes first: to try a rule of many regions takes a moment.
  const rule = useDeferredValue(written);
  const regions = useDeferredValue(typed);
  const parsed = useMemo(() => parseRule(ruleOfForm(rule), limits), [rule]);
  if ("faults" in parsed) {
    return (
      <div className="notice" role="status">
        <p className="notice-title">
          <Trans>This is no rule yet</Trans>
        </p>
        <ul>
          {parsed.faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.detail}`}>
              {fault.pointer === "" ? null : <code>{fault.pointer}</code>}{" "}
              <FaultText fault={{ ...fault, isOfApi: true }} />
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="rule-preview">
      <RuleInWords description={describeRule(parsed.rule)} />
      <Samples rule={parsed.rule} regions={regions} />
      <OwnFigures rule={parsed.rule} regions={regions} />
    </div>
  );
}

type SamplesProps = { rule: Rule; regions: DraftForm["regions"] };

const shownRegions = (regions: DraftForm["regions"]) =>
  regions.filter(({ code }) => code !== "").map(({ code, name }) => ({ code, name: name || code }));

function Samples({ rule, regions }: SamplesProps) {
  const { i18n, t } = useLingui();
  const places = useMemo(() => shownRegions(regions), [regions]);
  const results = useMemo(
    () => trySamples(rule, { regions: places, votersEach: sampleVoters }),
    [rule, places],
  );
  const digits = (count: bigint) => formatInteger(i18n, count);
  return (
    <section aria-labelledby="draft-samples">
      <h3 id="draft-samples">
        <Trans>What it would say</Trans>
      </h3>
      <p className="form-hint">
        {places.length === 0 ? (
          <Trans>Of 100 voters, if they voted so:</Trans>
        ) : (
          <Trans>Of 100 voters in each region, if they voted so:</Trans>
        )}
      </p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t`What it would say`}>
        <table className="sample-table">
          <thead>
            <tr>
              <th scope="col">{t`If`}</th>
              <th scope="col">{t`Yes`}</th>
              <th scope="col">{t`No`}</th>
              <th scope="col">{t`Abstain`}</th>
              <th scope="col">{t`it is`}</th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ name, figures, outcome }) => (
              <tr key={name} data-verdict={outcome?.verdict}>
                <th scope="row">{sampleWords(i18n, name)}</th>
                {(["yes", "no", "abstain"] as const).map((choice) => (
                  <td key={choice}>{digits(sampleSum(figures, choice, "ballots"))}</td>
                ))}
                <td>
                  {outcome === null ? (
                    <Trans>can’t be tried here</Trans>
                  ) : (
                    <>
                      <strong>{verdictWord(i18n, outcome.verdict)}</strong>
                      <Missed
                        names={outcome.requirements.filter(({ met }) => !met).map(({ id }) => id)}
                      />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Which parts stand in the way. */
function Missed({ names }: { names: readonly string[] }) {
  const { i18n } = useLingui();
  if (names.length === 0) return null;
  const missed = formatNames(
    i18n,
    names.map((name) => requirementName(i18n, name)),
  );
  return (
    <span className="form-hint">
      {" "}
      <Trans>missed: {missed}</Trans>
    </span>
  );
}

/** The rule on figures of one's own. */
function OwnFigures({ rule, regions }: SamplesProps) {
  const { t } = useLingui();
  const [figures, setFigures] = useState<SupposedFigures | null>(null);
  const begin = () =>
    setFigures(
      sampleFigures("clear", {
        regions: shownRegions(regions).slice(0, ownRegionsMax),
        votersEach: sampleVoters,
      }),
    );
  const isEven = !supposedMeasures(rule).includes("weight");
  const measures: CountMeasure[] = isEven ? ["ballots"] : supposedMeasures(rule);
  return (
    <details
      className="form-more"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) begin();
      }}
    >
      <summary>
        <Trans>Try it on figures of your own</Trans>
      </summary>
      {figures !== null && (
        <div className="what-if-explorer">
          <SupposedVerdict rule={rule} figures={figures} />
          <div className="what-if-rows">
            {figures.rows.map((row, index) => (
              <SupposedRowFields
                key={row.code}
                row={row}
                title={row.code === "" ? t`All voters` : row.name}
                measures={measures}
                isEven={isEven}
                onChange={(changed) =>
                  setFigures({
                    ...figures,
                    rows: figures.rows.map((each, at) => (at === index ? changed : each)),
                  })
                }
              />
            ))}
          </div>
        </div>
      )}
    </details>
  );
}

/** Nobody fills in more. */
const ownRegionsMax = 8;

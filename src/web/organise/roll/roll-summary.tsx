import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger, pluralOf } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { sayRowProblem } from "./problem-words.ts";
import { RegionSums } from "./region-sums.tsx";
import { SmallCells } from "./small-cells.tsx";
import type { RollInForce } from "./roll-queries.ts";

export type RollSummaryProps = { decision: ApiDecision; roll: RollInForce | null };

/** What the roll in force comes to. */
export function RollSummary({ decision, roll }: RollSummaryProps) {
  const isDraft = decision.status === "draft";
  return (
    <section className="roll-part" aria-labelledby="roll-in-force">
      <h2 id="roll-in-force">{isDraft ? <Trans>In force now</Trans> : <Trans>The roll</Trans>}</h2>
      {roll === null ? (
        <p>
          <Trans>There is no roll yet. The decision can’t be opened without one.</Trans>
        </p>
      ) : (
        <>
          <RegionSums decision={decision} sums={roll} caption={<Trans>Voters by region</Trans>} />
          <p className="quiet-line">
            {isDraft ? (
              <Trans>You may import another roll in its place until the decision is opened.</Trans>
            ) : (
              <Trans>It was frozen when the decision was opened.</Trans>
            )}
          </p>
          {isDraft ? <SmallCells decision={decision} fewestAlike={roll.fewest_alike} /> : null}
          {roll.refused.rows === 0 ? null : <RefusedRowsNote roll={roll} isDraft={isDraft} />}
        </>
      )}
    </section>
  );
}

function RefusedRowsNote({ roll, isDraft }: { roll: RollInForce; isDraft: boolean }) {
  const { i18n } = useLingui();
  const { rows, reasons, problems } = roll.refused;
  const count = formatInteger(i18n, rows);
  return (
    <Notice
      title={
        <Plural
          value={pluralOf(rows)}
          one={`${count} row of its file was left out`}
          other={`${count} rows of its file were left out`}
        />
      }
    >
      <ul className="roll-reasons">
        {reasons.map(({ code, rows: each }) => (
          <li key={code}>
            {formatInteger(i18n, each)} × {sayRowProblem(i18n, code)}
          </li>
        ))}
      </ul>
      <p>
        <Trans>Rows: {problems.map(({ line }) => formatInteger(i18n, line)).join(", ")}</Trans>
      </p>
      {isDraft ? (
        <p>
          <Trans>
            Whoever opens the decision must accept that these voters can’t vote, and that is
            recorded publicly. To let them vote, mend the rows and import the file again.
          </Trans>
        </p>
      ) : null}
    </Notice>
  );
}

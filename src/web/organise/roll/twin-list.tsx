import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger, pluralOf } from "../../i18n/format.ts";
import type { TwinGroup, TwinRow } from "./check/twins.ts";
import type { RollCheck } from "./roll-worker-messages.ts";
import type { RollImportRun } from "./use-roll-import.ts";

export type TwinListProps = {
  decision: ApiDecision;
  check: RollCheck;
  kept: number[];
  rollImport: RollImportRun;
};

/** Rows that name one voter, side by side: one of them counts. */
export function TwinList({ decision, check, kept, rollImport }: TwinListProps) {
  const { i18n } = useLingui();
  const { rows, groupCount, groups } = check.twins;
  if (rows === 0) return null;
  const [voters, more] = [groupCount, groupCount - groups.length].map((count) =>
    formatInteger(i18n, count),
  );
  return (
    <section className="roll-part" aria-labelledby="roll-twins">
      <h3 id="roll-twins">
        <Plural
          value={pluralOf(groupCount)}
          one={`${voters} voter stands in the file more than once`}
          other={`${voters} voters stand in the file more than once`}
        />
      </h3>
      <p>
        <Trans>
          Capitals, blanks and ways of typing a letter make no other voter. One row of each counts,
          the first unless you choose another; the others are not sent. Are they two people? Then
          give one of them another id in the file, and choose it again.
        </Trans>
      </p>
      <div className="roll-twins">
        {groups.map((group) => (
          <Twin key={group.rows[0]?.line} {...{ decision, group, kept, rollImport }} />
        ))}
      </div>
      {groupCount > groups.length ? (
        <p>
          <Trans>And {more} more, of whom the first row counts.</Trans>
        </p>
      ) : null}
    </section>
  );
}

type TwinProps = Pick<TwinListProps, "decision" | "kept" | "rollImport"> & { group: TwinGroup };

function Twin({ decision, group, kept, rollImport }: TwinProps) {
  const { i18n } = useLingui();
  const lines = group.rows.map(({ line }) => line);
  const [first] = group.rows;
  const chosen = lines.find((line) => kept.includes(line)) ?? first?.line;
  const choose = (line: number): void => {
    const others = kept.filter((each) => !lines.includes(each));
    rollImport.keep(line === first?.line ? others : [...others, line]);
  };
  return (
    <fieldset className="roll-twin">
      <legend>
        <Trans>
          Which row of <bdi>{first?.voterId.trim()}</bdi> counts?
        </Trans>
      </legend>
      {group.rows.map((row) => (
        <label key={row.line} className="roll-twin-row">
          <input
            type="radio"
            name={`twin-${first?.line}`}
            checked={row.line === chosen}
            onChange={() => choose(row.line)}
          />
          <span>
            <Trans>Row {formatInteger(i18n, row.line)}</Trans>
            <RowFacts decision={decision} row={row} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function RowFacts({ decision, row }: { decision: ApiDecision; row: TwinRow }) {
  const region = decision.regions.find(({ code }) => code === row.region)?.name ?? row.region;
  const facts = [
    { name: <Trans>Voter id</Trans>, text: row.voterId },
    { name: <Trans>Region</Trans>, text: region },
    { name: <Trans>Weight</Trans>, text: row.weight },
    { name: <Trans>Name</Trans>, text: row.name },
  ].filter(({ text }) => text !== "");
  return (
    <>
      {facts.map(({ name, text }, index) => (
        // The facts of a row are always in this order.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className="roll-twin-fact">
          {name}: <bdi>{text}</bdi>
        </span>
      ))}
    </>
  );
}

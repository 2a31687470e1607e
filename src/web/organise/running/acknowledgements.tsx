import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ApiDecision } from "../../contract.ts";
import { callApi } from "../api/organiser-api.ts";

/** What whoever opens a decision says to know of its roll. */
export interface Acknowledged {
  smallCells: boolean;
  smallGroups: boolean;
  /** How many rows of its file were refused; null where that is not accepted. */
  rows: number | null;
}

export interface AcknowledgementsProps {
  decision: ApiDecision;
  /** With which code opening was refused; empty where it was not. */
  code: string;
  value: Acknowledged;
  onChange: (value: Acknowledged) => void;
}

/** What has to be known before opening, where the roll gives cause. */
export function Acknowledgements({ decision, code, value, onChange }: AcknowledgementsProps) {
  const { id, electorate, roll } = decision;
  const { data } = useQuery({
    queryKey: ["roll figures", id],
    queryFn: () => callApi("GET /api/v1/decisions/{decisionId}/roll", { path: { decisionId: id } }),
    enabled: electorate === "roll" && roll !== null,
  });
  const rows = data?.roll?.refused.rows ?? 0;
  return (
    <>
      {rows === 0 ? null : (
        <label className="acknowledgement">
          <input
            type="checkbox"
            checked={value.rows === rows}
            onChange={({ target }) => onChange({ ...value, rows: target.checked ? rows : null })}
          />
          <Plural
            value={rows}
            one="# row of the roll’s file was left out: this voter can’t vote. I open it all the same, and this is recorded publicly."
            other="# rows of the roll’s file were left out: these voters can’t vote. I open it all the same, and this is recorded publicly."
          />
        </label>
      )}
      {code !== "roll.small_cells" && !value.smallCells ? null : (
        <label className="acknowledgement">
          <input
            type="checkbox"
            checked={value.smallCells}
            onChange={({ target }) => onChange({ ...value, smallCells: target.checked })}
          />
          <Trans>
            Few voters share their region and weight, so totals may show how some of them vote. I
            open it all the same, and this is recorded publicly.
          </Trans>
        </label>
      )}
      {code !== "roll.small_groups" && !value.smallGroups ? null : (
        <label className="acknowledgement">
          <input
            type="checkbox"
            checked={value.smallGroups}
            onChange={({ target }) => onChange({ ...value, smallGroups: target.checked })}
          />
          <Trans>
            A group of regions has few voters, and the result shows how many of them have voted. I
            open it all the same, and this is recorded publicly.
          </Trans>
        </label>
      )}
    </>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { t } from "@lingui/core/macro";
import type { I18n } from "@lingui/core";
import { formatInteger } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import type { IdDoubt, IdDoubtKind } from "./check/id-doubts.ts";

/** What a spreadsheet may have done to ids. */
export function IdDoubtList({ doubts }: { doubts: readonly IdDoubt[] }) {
  const { i18n } = useLingui();
  if (doubts.length === 0) return null;
  return (
    <Notice title={<Trans>Some ids look as if a spreadsheet had changed them</Trans>}>
      <ul className="roll-reasons">
        {doubts.map(({ kind, rows, examples }) => (
          <li key={kind}>
            {formatInteger(i18n, rows)} × {sayDoubt(i18n, kind)}{" "}
            <bdi>{examples.map(({ text }) => text).join(", ")}</bdi>
          </li>
        ))}
      </ul>
      <p>
        <Trans>
          A voter whose id is another than in your letters can’t be found. If these are right, go
          on; otherwise format the column as text, enter the ids anew, and choose the file again.
        </Trans>
      </p>
    </Notice>
  );
}

function sayDoubt(i18n: I18n, kind: IdDoubtKind): string {
  switch (kind) {
    case "shortened":
      return t(i18n)`a long number that was shortened, its last digits gone:`;
    case "date":
      return t(i18n)`a date:`;
    case "decimal":
      return t(i18n)`a number with decimals:`;
    default:
      return t(i18n)`shorter than the others, perhaps without zeros at the beginning:`;
  }
}

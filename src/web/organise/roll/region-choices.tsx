import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger, pluralOf } from "../../i18n/format.ts";
import type { RollCheck } from "./roll-worker-messages.ts";
import type { OpenedFile, RollImportRun } from "./use-roll-import.ts";

export type RegionChoicesProps = {
  decision: Pick<ApiDecision, "regions">;
  opened: OpenedFile;
  check: RollCheck;
  rollImport: RollImportRun;
};

/** Which of the decision's regions is meant by what the file calls them. */
export function RegionChoices({ decision, opened, check, rollImport }: RegionChoicesProps) {
  const { i18n, t } = useLingui();
  const id = useId();
  const { mapping } = opened;
  const [codes, setCodes] = useState<Record<string, string>>({});
  const named = check.unknownRegions.filter(({ text }) => text !== "");
  if (named.length === 0) return null;
  const apply = (): void => {
    rollImport.map({ ...mapping, regionCodes: { ...mapping.regionCodes, ...codes } });
    rollImport.check();
  };
  return (
    <fieldset className="roll-regions">
      <legend>
        <Trans>Regions that the decision does not have</Trans>
      </legend>
      <p className="form-hint">
        <Trans>Say which region is meant, then check the file again.</Trans>
      </p>
      {named.map(({ text, rows }, index) => (
        <div key={text} className="form-field">
          <label htmlFor={`${id}-${index}`}>
            <bdi>{text}</bdi>{" "}
            <Plural
              value={pluralOf(rows)}
              one={`in ${formatInteger(i18n, rows)} row`}
              other={`in ${formatInteger(i18n, rows)} rows`}
            />
          </label>
          <select
            id={`${id}-${index}`}
            value={codes[text] ?? ""}
            onChange={({ target }) => setCodes({ ...codes, [text]: target.value })}
          >
            <option value="">{t`None of them`}</option>
            {decision.regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button
        type="button"
        className="button"
        disabled={Object.values(codes).every((code) => code === "")}
        onClick={apply}
      >
        <Trans>Check again with these regions</Trans>
      </button>
    </fieldset>
  );
}

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import { withItem, withoutItem, type SectionProps } from "./edit-form.ts";
import { readRegionList } from "./read-region-list.ts";

/** More rows than this are pasted as a list, and shown as one. */
const rowsMax = 40;

/** Regions, houses or chambers by code and name, one by one or as a list. */
export function RegionsField({ form: { regions }, onEdit }: SectionProps) {
  const { t } = useLingui();
  const id = useId();
  const faults = useFieldFaults("/regions");
  const keep = (changed: typeof regions) => onEdit({ regions: changed });
  return (
    <fieldset
      className="form-field"
      id={fieldId("/regions")}
      aria-describedby={`${id}-hint ${id}-faults`}
    >
      <legend>
        <Trans>Regions or chambers</Trans>
      </legend>
      <p className="form-hint" id={`${id}-hint`}>
        <Trans>
          Leave it empty where all votes are counted together. With regions, results are told for
          each, and a rule may ask for each. The code is what your list of voters writes; the name
          is what people read.
        </Trans>
      </p>
      {regions.length > rowsMax ? (
        <p>
          <Plural value={regions.length} one="# region" other="# regions" />
        </p>
      ) : (
        <ol className="region-rows">
          {regions.map(({ code, name }, index) => (
            // A row is where it stands: its texts change as they are typed.
            <li key={index} className="region-row">
              <input
                type="text"
                aria-label={t`Code of region ${index + 1}`}
                aria-invalid={faults.some(({ pointer }) =>
                  pointer.startsWith(`/regions/${index}/`),
                )}
                className="code-input"
                dir="auto"
                placeholder={t`Code`}
                autoComplete="off"
                value={code}
                onChange={({ target }) =>
                  keep(withItem(regions, index, { code: target.value, name }))
                }
              />
              <input
                type="text"
                aria-label={t`Name of region ${index + 1}`}
                dir="auto"
                placeholder={t`Name`}
                autoComplete="off"
                value={name}
                onChange={({ target }) =>
                  keep(withItem(regions, index, { code, name: target.value }))
                }
              />
              <button
                type="button"
                className="button quiet"
                aria-label={t`Remove region ${name || code || index + 1}`}
                onClick={() => keep(withoutItem(regions, index))}
              >
                <Trans>Remove</Trans>
              </button>
            </li>
          ))}
        </ol>
      )}
      <FieldFaults id={`${id}-faults`} faults={faults} />
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => keep([...regions, { code: "", name: "" }])}
        >
          <Trans>Add a region</Trans>
        </button>
        {regions.length > 0 && (
          <button type="button" className="button quiet" onClick={() => keep([])}>
            <Trans>Remove all</Trans>
          </button>
        )}
      </div>
      <RegionList regions={regions} onRead={keep} />
    </fieldset>
  );
}

type RegionListProps = {
  regions: readonly { code: string; name: string }[];
  onRead: (regions: { code: string; name: string }[]) => void;
};

/** Many regions at once, a line each. */
function RegionList({ regions, onRead }: RegionListProps) {
  const id = useId();
  const [text, setText] = useState("");
  return (
    <details
      className="form-more"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open)
          setText(regions.map(({ code, name }) => `${code}; ${name}`).join("\n"));
      }}
    >
      <summary>
        <Trans>Paste a list of regions</Trans>
      </summary>
      <div className="form-field">
        <label htmlFor={id}>
          <Trans>One a line: code, then name, parted by a semicolon or a tab</Trans>
        </label>
        <textarea
          id={id}
          dir="auto"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="button" className="button" onClick={() => onRead(readRegionList(text))}>
          <Trans>Take these regions</Trans>
        </button>
      </div>
    </details>
  );
}

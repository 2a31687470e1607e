import { Trans, useLingui } from "@lingui/react/macro";
import type { BuiltTable } from "./built-rule.ts";
import { withItem, withoutItem } from "./edit-form.ts";
import type { RuleNamesProps } from "./groups-field.tsx";
import { PartName, RemovablePart } from "./removable-part.tsx";

/** What each region weighs in a part of the rule: votes of states, contributions, population. */
export function TablesField({ rule, regions, onChange }: RuleNamesProps) {
  const { tables } = rule;
  const keep = (changed: BuiltTable[]) => onChange({ ...rule, tables: changed });
  const blank = () => ({
    name: `weights_${tables.length + 1}`,
    weights: regions.map(({ code }) => ({ region: code, weight: "1" })),
  });
  if (regions.length === 0 && tables.length === 0) return null;
  return (
    <details className="form-more">
      <summary>
        <Trans>Weights of regions: votes of states, contributions, population</Trans>
      </summary>
      <p className="form-hint">
        <Trans>
          Such a table weighs regions as a whole, whatever their voters weigh. Whole numbers and
          fractions such as 1/2 are exact.
        </Trans>
      </p>
      {tables.map((table, index) => (
        <TableFields
          key={index}
          table={table}
          codes={regions.map(({ code }) => code).filter((code) => code !== "")}
          onChange={(changed) => keep(withItem(tables, index, changed))}
          onRemove={() => keep(withoutItem(tables, index))}
        />
      ))}
      <button type="button" className="button" onClick={() => keep([...tables, blank()])}>
        <Trans>Add a table of weights</Trans>
      </button>
    </details>
  );
}

interface TableFieldsProps {
  table: BuiltTable;
  codes: readonly string[];
  onChange: (table: BuiltTable) => void;
  onRemove: () => void;
}

function TableFields({ table, codes, onChange, onRemove }: TableFieldsProps) {
  const { t } = useLingui();
  const { name, weights } = table;
  const places = [...new Set([...weights.map(({ region }) => region), ...codes])];
  const weightOf = (region: string) =>
    weights.find((entry) => entry.region === region)?.weight ?? "";
  const weigh = (region: string, weight: string) => {
    const others = weights.filter((entry) => entry.region !== region);
    onChange({ name, weights: weight.trim() === "" ? others : [...others, { region, weight }] });
  };
  return (
    <RemovablePart legend={name} removeLabel={t`Remove table ${name}`} onRemove={onRemove}>
      <PartName
        label={<Trans>Name of the table</Trans>}
        name={name}
        onChange={(changed) => onChange({ name: changed, weights })}
      />
      <div className="member-choices">
        {places.map((region) => (
          <label key={region} className="table-weight" dir="auto">
            {region}
            <input
              type="text"
              className="figure-input"
              dir="ltr"
              autoComplete="off"
              value={weightOf(region)}
              onChange={({ target }) => weigh(region, target.value)}
            />
          </label>
        ))}
      </div>
    </RemovablePart>
  );
}

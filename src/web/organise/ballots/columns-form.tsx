import { Trans } from "@lingui/react/macro";
import { useId, type ReactNode } from "react";
import type { VoterColumns } from "./voter-columns.ts";
import type { VoterTable } from "./voter-table.ts";

export interface ColumnsFormProps {
  table: VoterTable;
  columns: VoterColumns;
  isOpenElectorate: boolean;
  onChange: (columns: VoterColumns) => void;
}

/** Which column says what; the likely ones are chosen already. */
export function ColumnsForm({ table, columns, isOpenElectorate, onChange }: ColumnsFormProps) {
  const field = (name: "voterId" | "region" | "weight" | "language") => ({
    table,
    value: columns[name],
    onChange: (at: number) => onChange({ ...columns, [name]: at }),
  });
  return (
    <div className="form-fields">
      <ColumnField {...field("voterId")} label={<Trans>The voter, as the roll names them</Trans>} />
      {isOpenElectorate ? (
        <>
          <ColumnField {...field("region")} label={<Trans>Region</Trans>} />
          <ColumnField {...field("weight")} label={<Trans>Weight</Trans>} />
        </>
      ) : null}
      <ColumnField
        {...field("language")}
        label={<Trans>Language of the letter</Trans>}
        hint={
          <Trans>
            English, French, Spanish, Arabic, Chinese or Russian, by name or code. Who has none gets
            the language that you choose below.
          </Trans>
        }
      />
      <fieldset className="form-field">
        <legend>
          <Trans>Lines of the address, from top to bottom</Trans>
        </legend>
        <div className="address-columns">
          {table.columns.map((name, at) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={columns.address.includes(at)}
                onChange={({ target }) =>
                  onChange({ ...columns, address: withLine(columns.address, at, target.checked) })
                }
              />
              <span dir="auto">{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** In the order in which they are chosen. */
function withLine(address: readonly number[], at: number, isIn: boolean): number[] {
  const others = address.filter((each) => each !== at);
  return isIn ? [...others, at] : others;
}

interface ColumnFieldProps {
  table: VoterTable;
  value: number;
  onChange: (at: number) => void;
  label: ReactNode;
  hint?: ReactNode;
}

function ColumnField({ table, value, onChange, label, hint }: ColumnFieldProps) {
  const id = useId();
  const example = table.rows[0]?.[value] ?? "";
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <p className="form-hint">{hint}</p>}
      <select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
        <option value={-1}>–</option>
        {table.columns.map((name, at) => (
          <option key={name} value={at}>
            {name}
          </option>
        ))}
      </select>
      {example === "" ? null : (
        <p className="form-hint" dir="auto">
          <Trans>In the first row: {example}</Trans>
        </p>
      )}
    </div>
  );
}

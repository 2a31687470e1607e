/** A statement, and what it binds, in the order of their numbers. */
export interface BoundStatement {
  text: string;
  values: (string | number)[];
}

/** How a database spells what the others spell otherwise. */
export interface Dialect {
  /** What stands before a parameter's number. */
  marker: "?" | "$";
  /** A parameter as a whole number. */
  integer(parameter: string): string;
  /** Rows of the texts of a parameter, which is a JSON array. */
  textsOf(parameter: string): string;
  /** JSON arrays of the columns of a selection, in one JSON array. */
  arraysOf(columns: string, selection: string): string;
  /** A JSON object as text, by its members, each JSON. */
  objectOf(members: Readonly<Record<string, string>>): string;
  /** A JSON array of these values. */
  arrayOf(values: string): string;
  /** The month of a time in ms, as `2026-11`, in UTC. */
  monthOf(time: string): string;
}

/** A statement that is being written: `bind` answers how it names a value. */
export class DraftStatement {
  readonly #values: (string | number)[] = [];
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  bind(value: string | number): string {
    return `${this.dialect.marker}${this.#values.push(value)}`;
  }

  bindInteger(value: number): string {
    return this.dialect.integer(this.bind(value));
  }

  finish(text: string): BoundStatement {
    return { text, values: this.#values };
  }
}

/** A WHERE of all these; nothing where there are none. */
export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
}

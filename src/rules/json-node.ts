import { parseRatio, type Ratio } from "./ratio.ts";
import type { RuleFault } from "./rule.ts";
import type { Work } from "./work.ts";
import { workUnits } from "./work-units.ts";

/**
 * Stops the reading of one part of a rule; the parts beside it are still read, so that a writer
 * sees several faults at once.
 */
export class RuleError extends Error {
  override readonly name = "RuleError";
  readonly fault: RuleFault;

  constructor(pointer: string, detail: string) {
    super(`${pointer}: ${detail}`);
    this.fault = { pointer, detail };
  }
}

/** A value of a JSON document together with its JSON pointer. */
export class JsonNode {
  readonly value: unknown;
  readonly pointer: string;
  readonly work: Work;

  constructor(value: unknown, pointer: string, work: Work) {
    this.value = value;
    this.pointer = pointer;
    this.work = work;
  }

  refuse(detail: string): never {
    throw new RuleError(this.pointer, detail);
  }

  /** The members of an object, none of them unknown. */
  object(known: readonly string[]): Map<string, JsonNode> {
    const members = this.anyObject();
    for (const [name, node] of members) {
      if (!known.includes(name)) node.refuse(`not known here; known are ${known.join(", ")}`);
    }
    return members;
  }

  anyObject(): Map<string, JsonNode> {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.refuse("an object is needed here");
    }
    const entries = Object.entries(value);
    this.work.spend(entries.length * workUnits.node);
    return new Map(entries.map(([name, inner]) => [name, this.child(name, inner)]));
  }

  list(countMax: number): JsonNode[] {
    if (!Array.isArray(this.value)) return this.refuse("a list is needed here");
    if (this.value.length === 0) return this.refuse("the list is empty");
    if (this.value.length > countMax) return this.refuse(`more than ${countMax} items`);
    this.work.spend(this.value.length * workUnits.node);
    return this.value.map((inner: unknown, index) => this.child(String(index), inner));
  }

  text(charactersMax = 200): string {
    if (typeof this.value !== "string") return this.refuse("a text is needed here");
    if (this.value.length === 0) return this.refuse("the text is empty");
    if (this.value.length > charactersMax) return this.refuse(`over ${charactersMax} characters`);
    return this.value;
  }

  flag(): boolean {
    if (typeof this.value !== "boolean") return this.refuse("true or false is needed here");
    return this.value;
  }

  oneOf<Word extends string>(words: readonly Word[]): Word {
    const found = words.find((word) => word === this.value);
    return found ?? this.refuse(`one of ${words.join(", ")} is needed here`);
  }

  ratio(): Ratio {
    this.work.spend(typeof this.value === "string" ? workUnits.fraction : workUnits.node);
    const found = parseRatio(this.value);
    return (
      found ?? this.refuse('an integer or a text such as "2/3", "12.5" or "60 %" is needed here')
    );
  }

  private child(name: string, value: unknown): JsonNode {
    const escaped = name.replaceAll("~", "~0").replaceAll("/", "~1");
    return new JsonNode(value, `${this.pointer}/${escaped}`, this.work);
  }
}

import type { KeyedTexts } from "../../ballot/browser-texts.ts";

/** Longer than any draft; a larger text is not kept. */
const charactersMax = 1_000_000;

/**
 * What one tab keeps of a form until it is sent: so a reload, or a session that ends meanwhile,
 * loses nothing that was typed. It is a person's own: `owner` names whose session it is, and
 * another who signs in at this tab does not see it. Where the tab has no storage nothing is kept.
 */
export class KeptForm<Form> {
  readonly #storage: KeyedTexts | null;
  readonly #name: string;
  readonly #isForm: (value: unknown) => value is Form;

  constructor(
    storage: KeyedTexts | null,
    { owner, form }: { owner: string; form: string },
    isForm: (value: unknown) => value is Form,
  ) {
    this.#storage = storage;
    this.#name = `enviro-governance/form/1/${encodeURIComponent(owner)}/${form}`;
    this.#isForm = isForm;
  }

  /** What was kept; null where there is nothing, or nothing of this release. */
  read(): Form | null {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#name) ?? "null");
      return this.#isForm(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** Whether a reload would find it. */
  keep(form: Form): boolean {
    const text = JSON.stringify(form);
    if (this.#storage === null || text.length > charactersMax) return false;
    try {
      this.#storage.setItem(this.#name, text);
      return true;
    } catch {
      // Full, or forbidden.
      return false;
    }
  }

  forget(): void {
    try {
      this.#storage?.removeItem(this.#name);
    } catch {
      // What can't be removed could not be kept.
    }
  }
}

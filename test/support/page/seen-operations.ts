import type { BrowserContext, Page, Response } from "playwright-core";
import type { OpenApiDocument } from "../../../src/http/openapi/document.ts";

/** An operation as the served document has it: `GET /api/v1/decisions/{decisionId}`. */
export type OperationName = string;

interface Operation {
  name: OperationName;
  method: string;
  /** Of the paths that it serves; a literal part counts before a parameter. */
  pattern: RegExp;
  literals: number;
  roles: readonly string[];
  /** Everybody may call it, so it says the same without a session, but for drafts. */
  isPublic: boolean;
}

/** The operations of a served document, and who may call them in a session. */
export class ServedOperations {
  readonly #operations: readonly Operation[];

  constructor({ paths }: OpenApiDocument) {
    this.#operations = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { security = [] }]) => ({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
          literals: path.split("/").filter((part) => !part.startsWith("{")).length,
          roles: security.flatMap((entry) => entry["session"] ?? []),
          isPublic: security.some((entry) => Object.keys(entry).length === 0),
        })),
      )
      .toSorted((one, other) => other.literals - one.literals);
  }

  /** Every operation by its name. */
  get names(): OperationName[] {
    return this.#operations.map(({ name }) => name);
  }

  /** What a session of a role may call. */
  namesOf(role: string): OperationName[] {
    return this.#operations.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  }

  /** Which operation a request is; null where it is none. */
  find(method: string, url: string): Operation | null {
    const { pathname } = new URL(url);
    return (
      this.#operations.find((each) => each.method === method && each.pattern.test(pathname)) ?? null
    );
  }
}

/** The operations that pages have called, and that were done. */
export class SeenOperations {
  readonly #served: ServedOperations;
  readonly #seen = new Set<OperationName>();
  readonly #reading: Promise<void>[] = [];

  constructor(served: ServedOperations) {
    this.#served = served;
  }

  /** Notes what the pages of a browser call from now on, or save as files. */
  watch(context: BrowserContext, page: Page): void {
    context.on("response", (response) => {
      this.#reading.push(this.#note(response));
    });
    page.on("download", (download) => {
      const operation = this.#served.find("GET", download.url());
      if (operation?.isPublic === true) this.#seen.add(operation.name);
    });
  }

  /** All of them, once what is being looked at is read. */
  async names(): Promise<ReadonlySet<OperationName>> {
    await Promise.all(this.#reading);
    return this.#seen;
  }

  /** Who may call it alone must have been let in by the session's cookie. */
  async #note(response: Response): Promise<void> {
    if (!response.ok()) return;
    const request = response.request();
    const operation = this.#served.find(request.method(), request.url());
    if (operation === null) return;
    const { cookie = "", authorization } = await request.allHeaders();
    const isInSession = authorization === undefined && cookie.includes("__Host-session=");
    if (operation.isPublic || isInSession) this.#seen.add(operation.name);
  }
}

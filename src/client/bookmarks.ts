import { limits } from "../shared/limits.ts";
import type { FetchAnswer, FetchRequest } from "./transport.ts";

const header = "read-bookmark";

/** Null where pages came together, of which nobody knows the newer. Each answer makes one of its own. */
type Seen = { bookmark: string | null };

type Sent = Pick<FetchRequest, "method" | "headers">;

/** What a reader has seen of each list, so that the next page shows nothing older. */
export class Bookmarks {
  /** By path: of two lists that are read at once, nobody knows whose bookmark is the newer. */
  readonly #byPath = new Map<string, Seen>();
  #changes = 0;

  /**
   * The headers of a request, with what was seen of its list, and what keeps what comes with its
   * answer. After a change of the reader's own nothing is kept: then the newest is read.
   */
  begin(url: URL, { method, headers }: Sent) {
    const isChange = method !== "GET";
    if (isChange) this.#forget();
    const seen = this.#byPath.get(url.pathname);
    const sent = seen?.bookmark ?? null;
    const changes = this.#changes;
    return {
      headers: sent === null ? headers : { ...headers, [header]: sent },
      keep: (answer: Pick<FetchAnswer, "headers">): void => {
        const bookmark = answer.headers.get(header);
        if (isChange) this.#forget();
        // What was asked before a change may not show it.
        else if (bookmark !== null && changes === this.#changes) {
          const isAlone = this.#byPath.get(url.pathname) === seen;
          this.#keep(url.pathname, { bookmark: isAlone ? bookmark : null });
        }
      },
    };
  }

  #forget(): void {
    this.#byPath.clear();
    this.#changes += 1;
  }

  #keep(path: string, seen: Seen): void {
    this.#byPath.delete(path);
    const [oldest] = this.#byPath.keys();
    if (oldest !== undefined && this.#byPath.size >= limits.clientBookmarksMax) {
      this.#byPath.delete(oldest);
      // What is under way for that list can't be compared any more.
      this.#changes += 1;
    }
    this.#byPath.set(path, seen);
  }
}

import { LoggableError } from "../../shared/loggable-error.ts";
import { SearchUnavailable } from "../search.ts";

/** Somebody has deleted or changed an index: a rebuild mends it, and nothing else. */
export class IndexBroken extends SearchUnavailable {
  constructor(message: string) {
    super(new LoggableError(message));
  }
}

import type { RollRefused } from "../../roll/row-problem.ts";
import type { Twin } from "../../roll/row-lines.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";

/** A file of voters that is refused as a whole, as the API says it. */
export function rollRefusedProblem({ code, detail, twins }: RollRefused): Problem {
  if (code === "body.too_large") return rollTooLarge();
  return new Problem(code, {
    ...(detail === undefined ? {} : { detail }),
    ...(twins.length === 0 ? {} : { twins: viewTwins(twins) }),
  });
}

/** The refusal of an upload that has too many bytes. */
export function rollTooLarge(): Problem {
  const detail = `Send at most ${limits.rollBytesMax} bytes.`;
  return new Problem("body.too_large", { detail });
}

/** Rows that name a voter again, as the API says them. */
export function viewTwins(twins: readonly Twin[]) {
  return twins.map(({ line, firstLine }) => ({ line, first_line: firstLine }));
}

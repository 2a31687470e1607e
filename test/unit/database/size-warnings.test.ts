import { expect, it } from "vitest";
import { sizeWarnings } from "../../../src/database/d1/size-warnings.ts";
import { limits } from "../../../src/shared/limits.ts";

it.each([
  [0, null],
  [limits.d1BytesMax / 2 - 1, null],
  [limits.d1BytesMax / 2, "D1 holds 5.0 of 10 GB, more than 50 %"],
  [limits.d1BytesMax * 0.8 - 1, "D1 holds 8.0 of 10 GB, more than 50 %"],
  [limits.d1BytesMax * 0.8, "D1 holds 8.0 of 10 GB, more than 80 %"],
  [limits.d1BytesMax + 1, "D1 holds 10.0 of 10 GB, more than 80 %"],
])("of a D1 of %i bytes readiness says %s", (bytes, said) => {
  const [warning, ...more] = sizeWarnings(bytes);
  expect(more).toEqual([]);
  if (said === null) expect(warning).toBeUndefined();
  else expect(warning).toContain(said);
});

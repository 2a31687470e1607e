import { z } from "zod";

const mutantSchema = z.object({
  status: z.string(),
  mutatorName: z.string(),
  replacement: z.string().optional(),
  location: z.object({ start: z.object({ line: z.int() }) }),
  testsCompleted: z.int().optional(),
});

/** Of Stryker's report (mutation-testing-report-schema) what is read of it. */
const reportSchema = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(mutantSchema) })),
});

/** What the tests of a folder noticed. */
export interface MutationScore {
  mutants: number;
  detected: number;
  percent: number;
  /** Those that were judged though no test ran: then the report says nothing. */
  neverTested: number;
  /** Each file's own share. */
  files: string[];
  /** Where the others are, and what was put there. */
  unnoticed: string[];
}

const detectedStatuses = new Set(["Killed", "Timeout"]);
const countedStatuses = new Set([...detectedStatuses, "Survived", "NoCoverage"]);

/** Counts a report of Stryker; what can't be compiled or was ignored by a comment is left out. */
export function readMutationReport(text: string): MutationScore {
  const { files } = reportSchema.parse(JSON.parse(text));
  const mutants = Object.entries(files).flatMap(([path, file]) =>
    file.mutants.map((mutant) => ({ ...mutant, path })),
  );
  const counted = mutants.filter(({ status }) => countedStatuses.has(status));
  const detected = counted.filter(({ status }) => detectedStatuses.has(status));
  const isJudged = (status: string) => status === "Killed" || status === "Survived";
  return {
    mutants: counted.length,
    detected: detected.length,
    percent: counted.length === 0 ? 0 : (100 * detected.length) / counted.length,
    neverTested: counted.filter(
      ({ status, testsCompleted = 0 }) => isJudged(status) && testsCompleted === 0,
    ).length,
    files: [...Map.groupBy(counted, ({ path }) => path)].map(([path, own]) => {
      const noticed = own.filter(({ status }) => detectedStatuses.has(status));
      return `${path}: ${noticed.length} of ${own.length}`;
    }),
    unnoticed: counted
      .filter(({ status }) => !detectedStatuses.has(status))
      .map(
        ({ path, location, status, mutatorName, replacement = "" }) =>
          `${path}:${location.start.line} ${status} ${mutatorName}: ${replacement.replaceAll(/\s+/g, " ").slice(0, 100)}`,
      ),
  };
}

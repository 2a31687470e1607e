import type { LocalPlatform } from "../../../scripts/local-platform/boot.ts";

/** What a platform answers to Prometheus. */
export async function scrape({ origin, adminKey }: LocalPlatform): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}` };
  const answer = await fetch(`${origin}/metrics`, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`GET /metrics: ${answer.status} ${text}`);
  return text;
}

/** The samples of a text of Prometheus, by name and labels as they stand in it. */
export function samplesIn(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

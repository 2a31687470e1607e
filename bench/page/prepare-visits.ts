import type { Page } from "playwright-core";
import type { LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { castVotes } from "../../src/cli/api/cast-batch.ts";
import { draftDecision } from "../../src/cli/api/decisions.ts";
import { createClient, type Client } from "../../src/client/client.ts";
import type { Visit } from "./measure-visit.ts";

const regions = Array.from({ length: 27 }, (_, index) => ({
  code: `r${index}`,
  name: `Region ${index}`,
}));

/** By the name of a page, what makes its next visit: each voter has a ballot of their own. */
export async function prepareVisits(
  { origin: upstream, adminKey }: LocalPlatform,
  origin: string,
): Promise<[string, () => Promise<Visit>][]> {
  const client = createClient({ origin: upstream, credential: adminKey });
  const { id } = await draftDecision(client, {
    slug: "bench-page",
    title: "Shall the association give the flood plain above the weir back to the river?",
    description: "The weir stays. **Cost:** see the [plan](https://example.org/plan).",
    regions,
    disclosure: "roll_call",
    ends_early: "by_organiser",
    open: true,
  });
  const choices = ["yes", "no", "yes", "abstain"] as const;
  const votes = Array.from({ length: 540 }, (_, index) => ({
    voter_id: `voter-${index}`,
    vote: choices[index % choices.length] ?? "yes",
    region: regions[index % regions.length]?.code ?? "r0",
    name: `Voter ${index}`,
  }));
  await castVotes(client, { decisionId: id, votes });
  let voters = 0;
  return [
    ["decision", async () => ({ origin, path: `/decisions/${id}`, ...readingResults })],
    [
      "ballot",
      async () => {
        voters += 1;
        const token = await issueToken(client, id, `reader-${voters}`);
        return { origin, path: `/decisions/${id}/ballot#token=${token}`, ...voting };
      },
    ],
  ];
}

async function issueToken(client: Client, decisionId: string, voterId: string): Promise<string> {
  const { tokens } = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [{ voter_id: voterId, region: "r0", name: voterId }] },
  });
  const [issued] = tokens;
  if (issued === undefined) throw new Error("no token was issued");
  return issued.token;
}

type Reading = Pick<Visit, "untilLoaded" | "use">;

const readingResults: Reading = {
  untilLoaded: (page) => page.locator("[data-connection=live]").waitFor(),
  async use(page) {
    await tapAll(page, [
      page.getByRole("radio", { name: "Sizes" }),
      page.getByRole("radio", { name: "Shares" }),
      page.getByText("Save the regions"),
      page.getByText("What if the votes were others?"),
    ]);
  },
};

const voting: Reading = {
  untilLoaded: (page) => page.getByRole("button", { name: "Use another token" }).waitFor(),
  async use(page) {
    await tapAll(page, [
      page.getByRole("radio", { name: "No" }),
      page.getByRole("radio", { name: "Yes" }),
      page.getByRole("button", { name: "Review" }),
      page.getByRole("button", { name: "Cast vote: Yes" }),
      page.getByText("Your proof: keep it to yourself"),
    ]);
  },
};

async function tapAll(page: Page, targets: ReturnType<Page["locator"]>[]): Promise<void> {
  for (const target of targets) {
    await target.tap();
    await page.waitForTimeout(300);
  }
}

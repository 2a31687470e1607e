import { describe, expect, it } from "vitest";
import { LinkIssuer, type Issuing } from "../../../../../src/web/organise/ballots/issue-links.ts";

const voters = Array.from({ length: 5 }, (_, at) => ({ voter_id: `voter-${at}` }));

/** A server that counts what it is asked, and fails where it is told to. */
function issuerOf(failAt: readonly number[] = []) {
  const asked: string[][] = [];
  const told: Issuing[] = [];
  const issuer = new LinkIssuer(voters, 2, {
    issue: (batch) => {
      asked.push(batch.map(({ voter_id }) => voter_id));
      const tokens = batch.map(({ voter_id }) => `${voter_id}.${asked.length}`);
      return failAt.includes(asked.length)
        ? Promise.reject(new Error("no answer"))
        : Promise.resolve(tokens);
    },
    linkOf: (token) => `https://here/#token=${token}`,
    onChange: (issuing) => told.push(issuing),
    pause: () => Promise.resolve(),
  });
  return { issuer, asked, told };
}

describe("ballot links", () => {
  it("are issued in batches, in the voters' order, and how far it is told", async () => {
    const { issuer, asked, told } = issuerOf();
    await issuer.run();
    expect(asked.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(told.map(({ links, state }) => `${links.length} ${state}`)).toEqual([
      "0 running",
      "2 running",
      "4 running",
      "5 done",
    ]);
    expect(told.at(-1)?.links.at(4)).toBe("https://here/#token=voter-4.3");
  });

  it("go on with the batch whose answer was lost, and issue no other again", async () => {
    const { issuer, asked, told } = issuerOf([2]);
    await issuer.run();
    expect(told.at(-1)).toMatchObject({ state: "stopped", error: new Error("no answer") });
    expect(told.at(-1)?.links).toHaveLength(2);
    await issuer.run();
    expect(asked).toEqual([
      ["voter-0", "voter-1"],
      ["voter-2", "voter-3"],
      ["voter-2", "voter-3"],
      ["voter-4"],
    ]);
    expect(told.at(-1)).toMatchObject({ state: "done", error: null });
  });

  it("are issued by one run at a time, and stop after the batch that is on its way", async () => {
    const { issuer, asked, told } = issuerOf();
    const running = issuer.run();
    issuer.stop();
    await Promise.all([running, issuer.run()]);
    expect(asked).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({ state: "stopped", error: null });
    await issuer.run();
    expect(asked).toHaveLength(3);
  });

  it("are taken from no answer that has fewer tokens than voters", async () => {
    const told: Issuing[] = [];
    const issuer = new LinkIssuer(voters, 5, {
      issue: () => Promise.resolve(["one"]),
      linkOf: (token) => token,
      onChange: (issuing) => told.push(issuing),
      pause: () => Promise.resolve(),
    });
    await issuer.run();
    expect(told.at(-1)).toMatchObject({ links: [], state: "stopped" });
  });
});

import { describe, expect, it } from "vitest";
import { askOwnVote } from "../../../../src/web/ballot/own-vote.ts";

const own = { token: "t.o.k", receipt: { decision_id: "delta-2027", r: "ab".repeat(32) } };

function ask(answer: () => Response) {
  const sent: [string, RequestInit][] = [];
  const send = async (path: string, init: RequestInit) => {
    sent.push([path, init]);
    return answer();
  };
  return { asking: askOwnVote(own, send), sent };
}

describe("asking whether the own ballot is counted", () => {
  it("shows token and proof by POST, and the proof in the body alone", async () => {
    const { asking, sent } = ask(() => Response.json({ counted: true }));
    expect(await asking).toBe("counted");
    expect(sent).toMatchObject([
      [
        "/api/v1/decisions/delta-2027/votes/mine",
        {
          method: "POST",
          headers: { authorization: "Bearer t.o.k" },
          body: JSON.stringify({ r: own.receipt.r }),
        },
      ],
    ]);
  });

  it("says that it is not counted only where the record says so", async () => {
    expect(await ask(() => Response.json({ counted: false })).asking).toBe("not counted");
    expect(await ask(() => Response.json({ code: "x" }, { status: 503 })).asking).toBe("unknown");
    expect(await ask(() => new Response("<html>")).asking).toBe("unknown");
    const lost = () => {
      throw new TypeError("fetch failed");
    };
    expect(await ask(lost).asking).toBe("unknown");
  });
});

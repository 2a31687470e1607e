import type { Page, WebSocket } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  ballotSocketAddress,
  confirm,
  openLink,
  review,
  untilRecorded,
} from "../support/page/cast-ballot.ts";
import { ballotLink, closeAndCertify, openDecision } from "../support/page/organiser.ts";

const { visit } = useBrowser();

/** Counts the sockets that open from now on; `WebSocket` may be the page's or a test's. */
const countOpened = `(() => {
  globalThis.openedSockets = 0;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => { globalThis.openedSockets += 1; });
    }
  };
})()`;

/** The server refuses the upgrade of an address that it does not have. */
const askForNoSocket = `globalThis.WebSocket = class extends WebSocket {
  constructor(url, ...given) {
    super(url.replace("/ballot-socket", "/no-socket"), ...given);
  }
}`;

async function untilOpened(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate("globalThis.openedSockets")).toBe(1);
}

/** The bodies of the votes that a page sends by POST. */
function watchPosts(page: Page): { nonce: string }[] {
  const posts: { nonce: string }[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/voting/cast-vote"))
      posts.push(request.postDataJSON() as { nonce: string });
  });
  return posts;
}

function nonceIn(message: unknown): string {
  return (JSON.parse(String(message)) as { nonce: string }).nonce;
}

describe("a vote of the ballot page", () => {
  it("goes over a socket, opened with its review and closed with its receipt", async () => {
    const { id } = await openDecision({ slug: "by-socket", title: "Lower the weir" });
    const visitor = await visit();
    const { page } = visitor;
    const sockets: WebSocket[] = [];
    page.on("websocket", (socket) => sockets.push(socket));
    const posts = watchPosts(page);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await page.evaluate(countOpened);
    expect(sockets).toHaveLength(0);
    await review(page, "Yes");
    await untilOpened(page);
    const frames: string[] = [];
    const [socket] = sockets;
    socket?.on("framesent", ({ payload }) => frames.push(String(payload)));
    expect(socket?.url()).toMatch(ballotSocketAddress);
    await confirm(page, "Yes");
    await untilRecorded(page, "Yes");
    await page.getByText(/Signature of key .*, verified/).waitFor();
    expect(frames.map((frame) => JSON.parse(frame) as unknown)).toMatchObject([
      { id: 1, vote: "yes" },
    ]);
    expect(posts).toEqual([]);
    await expect.poll(() => socket?.isClosed()).toBe(true);
    expect(sockets).toHaveLength(1);
    await visitor.leave();
  });

  it("goes by POST with the same nonce where the socket is cut before its receipt, and counts once", async () => {
    const { id } = await openDecision({ slug: "cut-socket", title: "Lower the weir" });
    const visitor = await visit();
    const { page } = visitor;
    const posts = watchPosts(page);
    const sent: unknown[] = [];
    await page.routeWebSocket(ballotSocketAddress, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        sent.push(message);
        server.send(message);
      });
      // Recorded, and the answer is lost with the socket.
      server.onMessage(async () => {
        await server.close();
        await socket.close({ code: 1011 });
      });
    });
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await page.evaluate(countOpened);
    await review(page, "No");
    await untilOpened(page);
    await confirm(page, "No");
    await untilRecorded(page, "No");
    expect(sent.map(nonceIn)).toEqual(posts.map(({ nonce }) => nonce));
    expect(posts).toHaveLength(1);
    await page.getByRole("button", { name: "Is it counted?" }).click();
    await page.getByText("Yes: this ballot is the one that is counted.").waitFor();
    await closeAndCertify(id);
    await page.goto(`/decisions/${id}`);
    await page.getByText("1 counted ballot").first().waitFor();
    await visitor.leave();
  });

  it("goes by POST where the upgrade is refused", async () => {
    const { id } = await openDecision({ slug: "no-upgrade", title: "Lower the weir" });
    const visitor = await visit();
    const { page } = visitor;
    const posts = watchPosts(page);
    visitor.expectNoAnswer(/\/no-socket$/);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await page.evaluate(askForNoSocket);
    const refused = page.waitForEvent("console", (message) => message.text().includes("code: 404"));
    await review(page, "Yes");
    await refused;
    await confirm(page, "Yes");
    await untilRecorded(page, "Yes");
    expect(posts).toHaveLength(1);
    await visitor.leave();
  });
});

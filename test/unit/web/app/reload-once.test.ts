import { describe, expect, it } from "vitest";
import { reloadOnce, type ReloadPorts } from "../../../../src/web/app/reload-once.ts";

/** A browser that counts its reloads; a page that was reloaded is another one with the same storage. */
function browser(given: Partial<ReloadPorts> = {}) {
  const kept = new Map<string, string>();
  let reloads = 0;
  const ports: ReloadPorts = {
    isReachable: async () => true,
    store: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
    isReloaded: () => reloads > 0,
    reload: () => (reloads += 1),
    ...given,
  };
  return { miss: (file: string) => reloadOnce(file, ports), reloads: () => reloads };
}

const refused: ReloadPorts["store"] = {
  getItem: () => {
    throw new Error("refused");
  },
  setItem: () => {
    throw new Error("refused");
  },
};

describe("a file of the page that is missing", () => {
  it("is taken from the new version by one reload, and not by a second", async () => {
    const { miss, reloads } = browser();
    await miss("votes-page-1.js");
    await miss("votes-page-1.js");
    expect(reloads()).toBe(1);
    await miss("votes-page-2.js");
    expect(reloads()).toBe(2);
  });

  it("does not cost the page that is there while nothing answers", async () => {
    const { miss, reloads } = browser({ isReachable: async () => false });
    await miss("votes-page-1.js");
    expect(reloads()).toBe(0);
  });

  it("is asked for once where storage is refused, too", async () => {
    const { miss, reloads } = browser({ store: refused });
    await miss("votes-page-1.js");
    await miss("votes-page-1.js");
    expect(reloads()).toBe(1);
  });
});

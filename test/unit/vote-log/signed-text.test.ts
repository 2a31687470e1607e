import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { readSignedText, signText } from "../../../src/vote-log/signed-text.ts";
import { UnreadableRecord } from "../../../src/vote-log/vote-record.ts";

const [oldKey, newKey] = [`old:${"A".repeat(43)}`, `new:${"B".repeat(43)}`];
const own = logSignature("river-basin", oldKey);

describe("a text of the vote log", () => {
  it("comes back as it was signed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readSignedText(own, signText(own, text))).toBe(text);
      }),
    );
  });

  it("is refused when any character of it was changed, left out or added", () => {
    const signed = signText(own, '{"v":1,"decision":"delta"}');
    for (let at = 0; at < signed.length; at += 1) {
      const [before, after] = [signed.slice(0, at), signed.slice(at + 1)];
      const changed = signed[at] === "x" ? "y" : "x";
      for (const text of [
        before + changed + after,
        before + after,
        `${before}x${signed[at]}${after}`,
      ]) {
        expect(() => readSignedText(own, text)).toThrow(UnreadableRecord);
      }
    }
  });

  it("is refused by a deployment of another name, and by one with other keys", () => {
    const signed = signText(own, "{}");
    expect(() => readSignedText(logSignature("delta", oldKey), signed)).toThrow(
      new UnreadableRecord("it is of the deployment river-basin, not of this one"),
    );
    expect(() => readSignedText(logSignature("river-basin", newKey), signed)).toThrow(
      new UnreadableRecord("its signature is of no key of this deployment"),
    );
  });

  it("can be read while keys rotate: all verify, the first signs", () => {
    const rotating = logSignature("river-basin", `${newKey},${oldKey}`);
    expect(readSignedText(rotating, signText(own, "{}"))).toBe("{}");
    const after = logSignature("river-basin", newKey);
    expect(readSignedText(after, signText(rotating, "{}"))).toBe("{}");
  });

  it("of a newer version is refused, and says that the newer release is to be deployed", () => {
    const newer = signText(own, "{}").replace(/^1/, "2");
    expect(() => readSignedText(own, newer)).toThrow("deploy the newer release");
  });

  it("is not signed with the key of ballot tokens itself", () => {
    const [, mac] = signText(own, "{}").split(" ");
    const tokenKey = Buffer.from("A".repeat(43), "base64url");
    const byTokenKey = createHmac("sha256", tokenKey).update("river-basin {}").digest("base64url");
    expect(mac).not.toBe(byTokenKey);
  });

  it.each([
    ["nothing behind its version", "1 "],
    ["one word behind its version", "1 mac"],
    ["what is no deployment's name", "1 mac two/words {}"],
  ])("with %s is of no deployment", (_, text) => {
    expect(() => readSignedText(own, text)).toThrow(
      new UnreadableRecord("it is of no deployment, not of this one"),
    );
  });
});

import { describe, expect, it } from "vitest";
import { nameMacs } from "../../../src/auth/name-macs.ts";

const [one, other] = [`k1:${"A".repeat(43)}`, `k2:${"B".repeat(43)}`];
const kind = { purpose: "test/1", macDigits: 12 };

describe("the macs of names", () => {
  it("are as long as their kind says, and the same for the same name", () => {
    const mac = nameMacs(one, kind).sign("delta");
    expect(mac).toMatch(/^[0-9a-f]{12}$/);
    expect(nameMacs(one, kind).sign("delta")).toBe(mac);
    expect(nameMacs(one, { ...kind, macDigits: 16 }).sign("delta")).toMatch(
      new RegExp(`^${mac}[0-9a-f]{4}$`),
    );
  });

  it("know their name again, and no other name, mac, purpose or key", () => {
    const macs = nameMacs(one, kind);
    const mac = macs.sign("delta");
    expect(macs.verify("delta", mac)).toBe(true);
    expect(macs.verify("delt", mac)).toBe(false);
    expect(macs.verify("delta", macs.sign("delt"))).toBe(false);
    for (const text of ["", mac.slice(1), `${mac}0`, mac.toUpperCase(), "0".repeat(12)]) {
      expect(macs.verify("delta", text), text).toBe(false);
    }
    expect(nameMacs(one, { ...kind, purpose: "test/2" }).verify("delta", mac)).toBe(false);
    expect(nameMacs(other, kind).verify("delta", mac)).toBe(false);
  });

  it("are good for as long as their key is kept, wherever it stands", () => {
    const mac = nameMacs(one, kind).sign("delta");
    const rotated = nameMacs(`${other},${one}`, kind);
    expect(rotated.verify("delta", mac)).toBe(true);
    expect(rotated.sign("delta")).toBe(nameMacs(other, kind).sign("delta"));
  });

  it("are not made with keys that are too short, and what is said names the variable", () => {
    expect(() => nameMacs("k1:short", kind)).toThrow("ID_KEYS must be kid:key pairs");
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Problem, problemResponse } from "../../../../src/http/problem.ts";
import { problems, type ProblemCode } from "../../../../src/http/problems/problems.ts";

const folder = "src/http/problems";

describe("the tables of problems", () => {
  it("have every code once", () => {
    const text = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"));
    const written: string[] = [...text.join("\n").matchAll(/^ {2}"([a-z_.]+)": \{$/gm)].map(
      ([, code = ""]) => code,
    );
    expect(written.toSorted()).toEqual(Object.keys(problems).toSorted());
  });
});

describe("the answer to a refused request", () => {
  it.each(Object.keys(problems) as ProblemCode[])("has status and sentence of %s", async (code) => {
    const { status, title, detail, retryAfterSeconds } = problems[code];
    const response = problemResponse(new Problem(code));
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(retryAfterSeconds?.toString() ?? null);
    const type = `urn:enviro-governance:problem:${code}`;
    expect(await response.json()).toEqual({ type, title, status, detail, code });
  });

  it("has what the one refusal adds, and its own detail in place of the code's", async () => {
    const errors = [{ pointer: "/vote", detail: "one of yes, no, abstain" }];
    const extras = { detail: "Send less.", errors, receipt: { seq: 1 } };
    const body = await problemResponse(new Problem("body.invalid", extras)).json();
    expect(body).toMatchObject({ code: "body.invalid", ...extras });
  });

  it("names the scheme with 401 and the protocol with 426", () => {
    const { headers } = problemResponse(new Problem("credential.missing"));
    expect(headers.get("www-authenticate")).toBe("Bearer");
    const upgrade = problemResponse(new Problem("route.upgrade_required")).headers;
    expect(upgrade.get("upgrade")).toBe("websocket");
  });
});

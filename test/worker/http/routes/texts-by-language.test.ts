import { describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import {
  createDecision,
  decisionsPath,
  readDecision,
  takeStep,
} from "../../../support/worker/decision-calls.ts";
import { ownId } from "../../../support/worker/own-id.ts";
import { expectProblem } from "../../../support/worker/problems.ts";

const freshSlug = () => `d-${crypto.randomUUID()}`;
const titles = { "en-gb": "Plant trees", fr: "Planter des arbres", ar: "غرس الأشجار" };
const descriptions = { fr: "Mille chênes.", "en-gb": "A thousand oaks." };
const kept = {
  title: "Plant trees",
  description: "A thousand oaks.",
  translations: {
    original: "en-GB",
    texts: [
      { language: "fr", title: "Planter des arbres", description: "Mille chênes." },
      { language: "ar", title: "غرس الأشجار", description: "" },
    ],
  },
};

describe("a decision's texts by language", () => {
  it("are kept in their order, the first as the original, and shown with the decision", async () => {
    const slug = freshSlug();
    const created = await createDecision({ slug, title: titles, description: descriptions });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject(kept);
    expect((await readDecision(ownId(slug))).body).toEqual(created.body);
    // What is shown may be written, too, and is the same draft.
    expect((await createDecision({ slug, ...kept })).status).toBe(200);
  });

  it("are frozen with the manifest, every one", async () => {
    const slug = freshSlug();
    await createDecision({ slug, title: titles, description: descriptions });
    await takeStep(ownId(slug), "open");
    const path = `${decisionsPath}/${ownId(slug)}/manifest`;
    const { body } = await api<object>("GET", path);
    expect(body).toMatchObject(kept);
  });

  it("are changed in a draft together, and another change leaves them", async () => {
    const slug = freshSlug();
    await createDecision({ slug, title: "Plant trees" });
    const change = async (body: object) =>
      (await api("PATCH", `${decisionsPath}/${ownId(slug)}`, { key: adminKey, body })).body;
    expect(await change({ title: titles, description: descriptions })).toMatchObject(kept);
    expect(await change({ shards: 2 })).toMatchObject(kept);
    expect(await change({ title: "Plant oaks" })).toMatchObject({ ...kept, title: "Plant oaks" });
    expect(await change({ translations: null })).toMatchObject({ translations: null });
  });

  it.each([
    ["no language", { title: {}, description: "" }, "/title"],
    ["what is no language", { title: { English: "Trees" }, description: "" }, "/title"],
    ["a title of two lines", { title: { en: "Trees", fr: "a\nb" }, description: "" }, "/title/fr"],
    ["a language twice", { title: { en: "x", fr: "y", FR: "z" }, description: "" }, "/title"],
    [
      "13 languages",
      {
        title: Object.fromEntries(Array.from("abcdefghijklm", (x) => [`a${x}`, x])),
        description: "",
      },
      "/title",
    ],
    ["a description alone", { title: "Trees", description: { en: "Oaks" } }, "/description"],
    [
      "a description in a language without a title",
      { title: { en: "Trees" }, description: { fr: "Chênes" } },
      "/description",
    ],
    [
      "translations beside them",
      { title: { en: "Trees" }, description: "", translations: kept.translations },
      "/translations",
    ],
  ])("with %s are refused, drafting and changing alike", async (_, wrong, pointer) => {
    const slug = freshSlug();
    await createDecision({ slug, title: "Trees" });
    for (const [method, path, body] of [
      ["POST", decisionsPath, { slug: freshSlug(), ...wrong }],
      ["PATCH", `${decisionsPath}/${ownId(slug)}`, wrong],
    ] as const) {
      const answer = await send(method, path, { key: adminKey, body });
      const { errors } = await expectProblem(answer, 400, "body.invalid");
      expect(errors?.map((fault) => fault.pointer)).toEqual([pointer]);
    }
  });

  it("need a description beside them in a change, since its language would be unknown", async () => {
    const slug = freshSlug();
    await createDecision({ slug, title: "Trees" });
    const ask = { key: adminKey, body: { title: titles } };
    const answer = await send("PATCH", `${decisionsPath}/${ownId(slug)}`, ask);
    const { errors } = await expectProblem(answer, 400, "body.invalid");
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/description"]);
  });
});

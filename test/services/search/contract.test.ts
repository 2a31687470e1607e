import { afterEach, describe } from "vitest";
import { emptyEngine, type EmptyEngine } from "../../support/search/empty-engine.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";
import { services } from "../../support/services/services.ts";

describe.each(["opensearch", "elasticsearch"] as const)("the search index in %s", (name) => {
  const used: EmptyEngine[] = [];
  afterEach(async () => {
    for (const engine of used.splice(0)) await engine.remove();
  });

  holdsTheSearchContract(async () => {
    const engine = emptyEngine((await services[name].address()).url);
    used.push(engine);
    return engine;
  });
});

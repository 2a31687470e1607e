import { adminKey, api } from "./api.ts";
import type { ProblemDocument } from "./problems.ts";

export type DecisionBody = {
  id: string;
  title: string;
  status: string;
  created_at: string;
  opens_at: string | null;
  closes_at: string | null;
  closed_at: string | null;
  manifest_hash: string | null;
};

export const decisionsPath = "/api/v1/decisions";

export function createDecision(body: object) {
  return api<DecisionBody>("POST", decisionsPath, {
    key: adminKey,
    body: { disclosure: "roll_call", ends_early: "by_organiser", ...body },
  });
}

/** Reads a decision as an admin, for whom drafts are there. */
export function readDecision(id: string) {
  return api<DecisionBody>("GET", `${decisionsPath}/${id}`, { key: adminKey });
}

export function amendDecision(id: string, body: object) {
  return api<DecisionBody>("PATCH", `${decisionsPath}/${id}`, { key: adminKey, body });
}

/** Takes a step of a decision's life: open, close or cancel. */
export function takeStep(id: string, name: string, body?: object) {
  const path = `${decisionsPath}/${id}/${name}`;
  return api<DecisionBody & ProblemDocument>("POST", path, {
    key: adminKey,
    ...(body === undefined ? {} : { body }),
  });
}

/** A window that ends before it begins. */
export function backwardWindow() {
  return { opens_at: "2099-02-01T00:00:00Z", closes_at: "2099-01-01T00:00:00Z" };
}

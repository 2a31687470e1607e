/** What may become the narrowest place, by its code. */
export const stageNames = [
  "shards",
  "shard_storage",
  "publication",
  "queue",
  "gateway",
  "database",
  "d1_size",
  "watchers",
  "roll",
  "hours_of_month",
] as const;
type StageName = (typeof stageNames)[number];

/** The number that moves a stage's limit: of the plan, of a draft, a setting, or servers. */
export const stageRemedies = [
  "decisions",
  "shards",
  "VOTE_LOG_KIND",
  "gateways",
  "DATABASE",
  "postgres_processors",
  "deployments",
  "watchers",
  "voters",
  "sessions_a_month",
] as const;
export type StageRemedy = (typeof stageRemedies)[number];

/** How much of what a stage can do is asked of it. */
export interface Stage {
  name: StageName;
  asked: number;
  most: number;
  /** `asked` of `most`: above 1 it does not hold. */
  share: number;
  remedy: StageRemedy;
}

/** A stage, of which `share` is worked out. */
export function toStage(stage: Omit<Stage, "share">): Stage {
  return { ...stage, share: stage.asked / stage.most };
}

/** The stages, those that are used most first. */
export function byShare(stages: readonly Stage[]): Stage[] {
  return stages.toSorted((one, other) => other.share - one.share);
}

/** Who logs in at the Postgres that runs here. */
export const postgresLogins = {
  superuser: "postgres",
  /**
   * Whoever migrates: owns the tables and may make roles, and is no superuser, as with a hosted
   * Postgres.
   */
  owner: "enviro_owner",
  worker: "enviro_worker",
} as const;

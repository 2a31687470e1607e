import { fileURLToPath } from "node:url";

/** The folder that holds package.json and wrangler.toml, wherever a script was called from. */
export const projectRoot: string = fileURLToPath(new URL("../../", import.meta.url));

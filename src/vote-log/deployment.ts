/** It stands in the names of topics, of which 249 characters are the most, and in each text. */
const deploymentName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const deploymentNameRule = "1 to 64 of A-Z, a-z, 0-9 and . _ -";

export function isDeploymentName(name: string): boolean {
  return deploymentName.test(name);
}

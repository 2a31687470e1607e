/** The version of this software, as package.json has it; a test holds both together. */
export const release = "0.1.0";

/** A catalogue, as the build compiles it: src/web/build/catalogue-modules.ts. */
declare module "*.po" {
  const messages: import("@lingui/core").Messages;
  export default messages;
}

/** What is wrong in a form, by JSON pointer (RFC 6901), as the API and the page tell it. */
export type FieldFault = {
  pointer: string;
  detail: string;
  /** Whether the detail is the API's, in English. */
  isOfApi?: boolean;
};

type Media = { schema?: unknown; example?: unknown; examples?: Record<string, unknown> };
/** What is sent or answered, or a reference to a component that says it. */
export type OpenApiBody = { $ref?: string; description?: string; content?: Record<string, Media> };
export type OpenApiOperation = {
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string }[];
  requestBody?: OpenApiBody;
  responses: Record<string, OpenApiBody>;
};
/** As much of an OpenAPI 3.1 document as is completed here. */
export type OpenApiDocument = {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { responses?: Record<string, OpenApiBody>; examples?: Record<string, object> };
};

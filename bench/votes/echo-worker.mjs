// The least that this runtime can do with a request: the limit that every rate of the bench is
// compared with.
export default {
  async fetch(request) {
    if (request.method === "POST") return Response.json(await request.json());
    return new Response("hello");
  },
};

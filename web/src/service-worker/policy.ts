/** Every answer leaves under the site's policy, whatever the host sent: a worker obeys only its own header. */

declare const HEADERS: Readonly<Record<string, string>>;

export function withPolicy({ body, status, statusText, headers: sent }: Response): Response {
  const headers = new Headers(sent);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(body, { status, statusText, headers });
}

export function refusal(): Response {
  return withPolicy(new Response('Refused: this is no part of the app.\n', { status: 403 }));
}

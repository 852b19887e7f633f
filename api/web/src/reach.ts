/** Questions to the server that this page came from. */

/** Why there is no answer, in words for whoever looks at the page. */
export class Unanswered extends Error {}

/** What is said where no server is there. */
export const SILENT = "The server does not answer. Is it still running?";

/** The answer of this server; throws `Unanswered` where it gives none, or an AbortError when it was given up. */
export async function reach(address: string, accept: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { headers: { Accept: accept }, signal });
  } catch (error) {
    throw silence(error);
  }
  if (response.ok || accept === "text/html") return response;
  const said = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Unanswered(said.detail ?? `The server answered with status ${response.status}.`);
}

/** The JSON that this server answers; throws as `reach` does, also where the answer breaks off. */
export async function reachJson<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await reach(address, "application/json", signal);
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw silence(error);
  }
}

function silence(error: unknown): unknown {
  return error instanceof DOMException && error.name === "AbortError" ? error : new Unanswered(SILENT);
}

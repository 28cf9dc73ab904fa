// Sending a query and taking its answer or its error (RFC 9457).

export const MOST_IN_ADDRESS = 8_000; // bytes of a request line that servers and proxies take

/** @typedef {[string, string][]} Fields */

/** What the server says is wrong: its one line, and the place in the query where it knows it. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {{ line?: number, column?: number }} [place]
   */
  constructor(status, detail, place = {}) {
    super(detail);
    this.status = status;
    this.line = place.line;
    this.column = place.column;
  }
}

/**
 * Return the address of a request, in full.
 * @param {string} endpoint
 * @param {Fields} fields
 * @param {Record<string, string>} [more]
 */
export function addressFor(endpoint, fields, more = {}) {
  const address = new URL(endpoint, document.baseURI);
  for (const [name, value] of fields) address.searchParams.append(name, value);
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
  return address;
}

/** Say whether a request is too long for an address. @param {URL} address */
export function tooLong(address) {
  return lengthOf(address) > MOST_IN_ADDRESS;
}

/** @param {URL} address */
export function lengthOf(address) {
  return address.pathname.length + address.search.length;
}

/**
 * Send a request and return the response; throws Refused for any status but 200.
 *
 * It goes by GET, so that answers can be kept, unless the address would be too long.
 * @param {string} endpoint
 * @param {Fields} fields
 * @param {{ accept?: string, format?: string, signal?: AbortSignal }} [options]
 */
export async function ask(endpoint, fields, { accept, format, signal } = {}) {
  /** @type {Record<string, string>} */
  const more = format ? { format } : {};
  const address = addressFor(endpoint, fields, more);
  const headers = { Accept: accept ?? "*/*" };
  const response = tooLong(address)
    ? await fetch(endpoint, {
      method: "POST", body: new URLSearchParams([...fields, ...Object.entries(more)]), headers, signal,
    })
    : await fetch(address, { headers, signal });
  if (!response.ok) throw await refusal(response);
  return response;
}

/**
 * Return the error of a response, from its problem document where it has one.
 * @param {Response} response
 */
async function refusal(response) {
  const text = await response.text();
  if (!response.headers.get("Content-Type")?.includes("json")) {
    return new Refused(response.status, "");
  }
  const { detail = "", line, column } = JSON.parse(text);
  return new Refused(response.status, withoutPlace(detail), { line, column });
}

/**
 * Return a message without the place at its beginning, which is shown by itself.
 * @param {string} detail
 */
export function withoutPlace(detail) {
  return detail.replace(/^query(?:, line \d+)?(?:, column \d+)?: /, "");
}

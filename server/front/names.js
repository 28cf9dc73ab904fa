// IRIs for people: short names, and where a click leads.

/** @import { Settings } from "./settings.js" */

const PLACE = "__place__";
const PLAIN = /^[\p{L}\p{N}_-]+$/u;

/**
 * Return an IRI as a prefixed name where a prefix is known and the rest is plain; below our base
 * what follows the base; else the IRI.
 * @param {string} iri
 * @param {Pick<Settings, "prefixes" | "base">} settings
 */
export function shortened(iri, settings) {
  if (iri.startsWith(settings.base) && iri !== settings.base) return iri.slice(settings.base.length);
  for (const [prefix, start] of Object.entries(settings.prefixes)) {
    if (iri.startsWith(start) && PLAIN.test(iri.slice(start.length))) {
      return `${prefix}:${iri.slice(start.length)}`;
    }
  }
  return iri;
}

/**
 * Return where an IRI leads: its page here, a term of our vocabularies, the web, or nowhere. Only
 * http and https lead to the web, so that a `javascript:` IRI stays text.
 * @param {string} iri
 * @param {Settings} settings
 * @returns {string | null}
 */
export function addressOf(iri, settings) {
  if (iri.startsWith(settings.base) && iri !== settings.base) {
    return settings.thing.replace(PLACE, () => ofPath(iri.slice(settings.base.length)));
  }
  for (const [start, address] of Object.entries(settings.vocabularies)) {
    const local = iri.slice(start.length);
    if (iri.startsWith(start) && PLAIN.test(local)) return `${address}#${local}`;
  }
  if (settings.held.some((start) => iri.startsWith(start))) {
    return settings.entity.replace(PLACE, () => encodeURIComponent(iri));
  }
  return /^https?:\/\//i.test(iri) ? iri : null;
}

/**
 * Return a path as an address has it; what is encoded in the IRI is encoded once more.
 * @param {string} path
 */
function ofPath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

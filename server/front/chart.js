// Drawing a chart as SVG. Colours and letters come from the style sheet; the table has the same
// values, so that nobody depends on the picture.

/** @import { Words } from "./words.js" */

import { scaleLinear, scalePoint } from "d3-scale";
import { drawn } from "./elements.js";

export const MOST = { bars: 60, line: 2_000 }; // points drawn
const ROW = 28; // the height of a bar and the space below it
const NARROW = 520; // pixels, as wide as a phone
const FONT = 13; // pixels, as in the style sheet

/**
 * @typedef {{ label: string, value: number, place: number | null }} Point
 * @typedef {{ kind: "bars" | "line", title: string, width: number, words: Words, font: string }} Drawing
 */

/**
 * Return the function that says how wide a text is, in the letters of the page.
 * @param {string} font
 * @returns {(text: string) => number}
 */
function ruler(font) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 7.5;
  context.font = `${FONT}px ${font}`;
  return (text) => context.measureText(text).width;
}

/**
 * Return a chart of points in the order they come in.
 * @param {Point[]} points
 * @param {Drawing} drawing
 */
export function chart(points, drawing) {
  const some = points.slice(0, MOST[drawing.kind]);
  return drawing.kind === "line" ? line(some, drawing) : bars(some, drawing);
}

/**
 * Bars lie, so that long names stay readable.
 * @param {Point[]} points
 * @param {Drawing} drawing
 */
function bars(points, { title, width, words, font }) {
  const wide = ruler(font);
  const narrow = width < NARROW; // then a name stands above its bar
  const left = narrow ? 1 : Math.min(Math.max(...points.map((point) => wide(point.label))) + 12, width * 0.45);
  const room = narrow ? width : left - 12;
  const step = narrow ? ROW + 18 : ROW;
  const values = points.map((point) => point.value);
  const widest = Math.max(...values.map((value) => wide(words.number(value)))) + 12;
  const across = scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [left, width - widest]).nice(5);
  const zero = across(0);
  const height = points.length * step + 8;
  const rows = points.map((point, index) => {
    const top = (index + 1) * step - ROW + 4;
    const end = across(point.value);
    return drawn("g", {},
      drawn("title", {}, `${point.label}: ${words.number(point.value)}`),
      drawn("text", { class: "chart-label", ...(narrow ? { x: 0, y: top - 4 } : { x: left - 10, y: top + ROW / 2 - 1, "text-anchor": "end", "dominant-baseline": "central" }) }, cut(point.label, room, wide)),
      drawn("rect", { class: "chart-bar", x: Math.min(zero, end), y: top + 3, width: Math.max(Math.abs(end - zero), 1), height: ROW - 8, rx: 2 }),
      drawn("text", { class: "chart-value", x: Math.max(zero, end) + 6, y: top + ROW / 2 - 1, "dominant-baseline": "central" }, words.number(point.value)));
  });
  const axis = drawn("line", { class: "chart-axis", x1: zero, x2: zero, y1: 0, y2: height });
  return picture(width, height, title, narrow ? rows : [...rows, axis]);
}

/**
 * A line goes along numbers or time where the labels are such, else from row to row.
 * @param {Point[]} points
 * @param {Drawing} drawing
 */
function line(points, { title, width, words, font }) {
  const wide = ruler(font);
  const height = 320;
  const bottom = height - 40;
  const values = points.map((point) => point.value);
  const up = scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [bottom, 12]).nice(5);
  const ticks = up.ticks(5);
  const left = Math.max(...ticks.map((tick) => wide(words.number(tick)))) + 16;
  const placed = points.every((point) => point.place !== null);
  const ordered = placed ? [...points].sort((one, two) => Number(one.place) - Number(two.place)) : points;
  const along = placed ? byPlace(ordered, left, width - 20) : byRow(ordered, left, width - 20);
  const grid = ticks.map((tick) => drawn("g", {},
    drawn("line", { class: "chart-grid", x1: left, x2: width - 8, y1: up(tick), y2: up(tick) }),
    drawn("text", { class: "chart-label", x: left - 8, y: up(tick), "text-anchor": "end", "dominant-baseline": "central" }, words.number(tick))));
  const path = ordered.map((point, index) => `${index ? "L" : "M"}${along(index)} ${up(point.value)}`).join("");
  const dots = ordered.map((point, index) => drawn("circle", { class: "chart-dot", cx: along(index), cy: up(point.value), r: ordered.length > 100 ? 1.5 : 3.5 },
    drawn("title", {}, `${point.label}: ${words.number(point.value)}`)));
  const labels = named(ordered, along, width, wide).map(([x, text, anchor]) =>
    drawn("text", { class: "chart-label", x, y: bottom + 22, "text-anchor": anchor }, text));
  return picture(width, height, title, [...grid, drawn("path", { class: "chart-line", d: path }), ...dots, ...labels]);
}

/**
 * @param {Point[]} points
 * @param {number} left
 * @param {number} right
 * @returns {(index: number) => number}
 */
function byPlace(points, left, right) {
  const places = points.map((point) => Number(point.place));
  const scale = scaleLinear([Math.min(...places), Math.max(...places)], [left + 6, right]);
  return (index) => scale(places[index]);
}

/**
 * @param {Point[]} points
 * @param {number} left
 * @param {number} right
 * @returns {(index: number) => number}
 */
function byRow(points, left, right) {
  const scale = scalePoint(points.map((_, index) => index), [left + 6, right]);
  return (index) => scale(index) ?? left;
}

/**
 * Return the labels that have room along a line, the first and the last among them.
 * @param {Point[]} points
 * @param {(index: number) => number} along
 * @param {number} width
 * @param {(text: string) => number} wide
 * @returns {[number, string, string][]}
 */
function named(points, along, width, wide) {
  const most = width / 3;
  let free = -Infinity;
  /** @type {[number, string, string][]} */
  const found = [];
  for (const [index, point] of points.entries()) {
    const text = cut(point.label, most, wide);
    const half = wide(text) / 2;
    const anchor = along(index) + half > width ? "end" : along(index) - half < 0 ? "start" : "middle";
    const start = along(index) - (anchor === "end" ? 2 * half : anchor === "start" ? 0 : half);
    if (start < free) continue;
    free = start + 2 * half + 14;
    found.push([along(index), text, anchor]);
  }
  return found;
}

/**
 * Return a text, or as much of it as has room.
 * @param {string} text
 * @param {number} room
 * @param {(text: string) => number} wide
 */
function cut(text, room, wide) {
  if (wide(text) <= room) return text;
  const letters = [...text];
  let least = 1;
  let most = letters.length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (wide(`${letters.slice(0, middle).join("")}…`) <= room) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join("").trimEnd()}…`;
}

/**
 * @param {number} width
 * @param {number} height
 * @param {string} title
 * @param {Element[]} parts
 */
function picture(width, height, title, parts) {
  return drawn("svg", { role: "img", "aria-label": title, viewBox: `0 0 ${width} ${height}`, width, height }, ...parts);
}

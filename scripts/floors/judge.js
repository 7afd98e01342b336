// @ts-check
import { floors, workspaces } from "./table.js";

/** @typedef {import("./read-imports.js").Import} Import */
/** @typedef {import("./table.js").Floor} Floor */

/**
 * Where a folder stands: its room, and how many floors are above it.
 * @typedef {{ room: string, depth: number, apart: boolean }} Place
 */

/**
 * Finds the room that holds a path: the longest name that the path begins with. Undefined: no room does.
 * @param {Floor[]} house
 * @param {string} path
 * @returns {Place | undefined}
 */
function placeOf(house, path) {
  return house
    .flatMap(({ rooms, apart = false }, depth) => rooms.map((room) => ({ room, depth, apart })))
    .filter(({ room }) => path === room || path.startsWith(`${room}/`))
    .sort((one, other) => other.room.length - one.room.length)[0];
}

/**
 * Finds the house of a source file and the file's path in it. Undefined: it stands in none that has rooms.
 * @param {string} file
 */
function houseOf(file) {
  const folder = Object.keys(floors).find((name) => file.startsWith(`${name}/`));
  const house = folder === undefined ? undefined : floors[folder];
  return folder && house ? { folder, house, path: file.slice(folder.length + 1) } : undefined;
}

/**
 * Returns the files whose folder is in no room, one sentence each. A file right inside the source folder needs none.
 * @param {string[]} files
 */
export function strangers(files) {
  return files.flatMap((file) => {
    const found = houseOf(file);
    if (!found?.path.includes("/") || placeOf(found.house, found.path)) return [];
    return [`${file} stands in a folder that scripts/floors/table.js does not list.`];
  });
}

/**
 * Returns the imports that go up, or to a room that keeps apart, one sentence each.
 * @param {Import[]} imports
 */
export function wrongWays(imports) {
  return imports.flatMap(({ from, to }) => {
    const reason = acrossWorkspaces(from, to) ?? acrossRooms(from, to);
    return reason === undefined ? [] : [`${from} imports ${to}: ${reason}.`];
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function acrossWorkspaces(from, to) {
  const target = to.replace(/^@grata\//, "");
  const [here, there] = [placeOf(workspaces, from), placeOf(workspaces, target)];
  if (!here || !there || here.room === there.room) return undefined;
  return compare(here, there);
}

/**
 * @param {string} from
 * @param {string} to
 */
function acrossRooms(from, to) {
  const [one, other] = [houseOf(from), houseOf(to)];
  if (!one || !other || one.folder !== other.folder) return undefined;
  const here = placeOf(one.house, one.path) ?? attic;
  const there = placeOf(other.house, other.path) ?? attic;
  return here.room === there.room ? undefined : compare(here, there);
}

/** Files right inside of a source folder stand above all rooms. */
const attic = { room: "", depth: -1, apart: false };

/**
 * @param {Place} here
 * @param {Place} there
 */
function compare(here, there) {
  if (there.depth < here.depth) return `${there.room || "the top"} is a floor above ${here.room}`;
  if (there.depth === here.depth && here.apart) return `${here.room} and ${there.room} keep apart`;
  return undefined;
}

/**
 * Returns each circle of rooms that import each other, as the list of its rooms.
 * @param {Import[]} imports
 */
export function circles(imports) {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  for (const { from, to } of imports) {
    const [one, other] = [houseOf(from), houseOf(to)];
    const here = one && placeOf(one.house, one.path);
    const there = other && placeOf(other.house, other.path);
    if (!here || !there || one.folder !== other.folder || here.room === there.room) continue;
    const start = `${one.folder}/${here.room}`;
    arrows.set(start, (arrows.get(start) ?? new Set()).add(`${other.folder}/${there.room}`));
  }
  /** @param {string} start */
  const reached = (start) => {
    const seen = new Set(arrows.get(start));
    for (const room of seen) for (const next of arrows.get(room) ?? []) seen.add(next);
    return seen;
  };
  const reach = new Map([...arrows.keys()].map((room) => [room, reached(room)]));
  const circular = [...reach].filter(([room, seen]) => seen.has(room)).map(([room]) => room);
  const groups = circular.map((room) =>
    circular.filter((other) => reach.get(room)?.has(other) && reach.get(other)?.has(room)).sort(),
  );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

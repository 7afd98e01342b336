import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { routes } from "@grata/contract/routes/all";
import { expect, test } from "@playwright/test";

const folder = "console/dist/assets/console";
const kilobytes = (file: string) => gzipSync(readFileSync(`${folder}/${file}`)).length / 1_000;

test("C4: the console's script is at most 250 kB before its lazy parts, and each of those is small", () => {
  const page = readFileSync("console/dist/index.html", "utf8");
  const files = readdirSync(folder);
  const scripts = files.filter((file) => file.endsWith(".js"));
  const first = scripts.filter((file) => page.includes(file));
  expect(first.length).toBeGreaterThan(0);
  expect(first.map(kilobytes).reduce((sum, size) => sum + size)).toBeLessThan(250);
  const lazy = scripts.filter((file) => !first.includes(file));
  expect(lazy.some((file) => file.startsWith("emoji"))).toBe(true);
  for (const file of lazy) expect(kilobytes(file), file).toBeLessThan(15);
  const styles = files.filter((file) => file.endsWith(".css"));
  const firstStyles = styles.filter((file) => page.includes(file));
  expect(firstStyles.map(kilobytes).reduce((sum, size) => sum + size)).toBeLessThan(18);
  for (const file of styles.filter((file) => !firstStyles.includes(file))) {
    expect(kilobytes(file), file).toBeLessThan(3);
  }
});

test("A3: the console and the home page do not share their looks", () => {
  const styles = (page: string) =>
    [...readFileSync(`console/dist/${page}`, "utf8").matchAll(/assets\/console\/([^"]+\.css)/g)].map(
      ([, file]) => file,
    );
  const home = styles("home.en.html");
  expect(home).toHaveLength(1);
  expect(home.filter((file) => styles("index.html").includes(file))).toEqual([]);
  // What the home page says of the body as a whole would lay out every page of the console.
  const looks = styles("index.html").map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  expect(looks.filter((css) => /[}>\s]main\s*\{/.test(css))).toEqual([]);
});

test("H3: browsers have of a route what they call it by, and nothing that only the server needs", () => {
  const scripts = ["console", "widget"].flatMap((app) =>
    readdirSync(`${app}/dist/assets/${app}`)
      .filter((file) => file.endsWith(".js"))
      .map((file) => ({ file, code: readFileSync(`${app}/dist/assets/${app}/${file}`, "utf8") })),
  );
  const has = (text: string) => scripts.filter(({ code }) => code.includes(text)).map(({ file }) => file);
  for (const { path, summary } of routes) expect(has(summary), path).toEqual([]);
  // Proves that the search works: a route that both apps call is found by its path.
  expect(has("/api/session").length).toBeGreaterThan(0);
  expect(has("/api/webchat/:channelId/visitors").length).toBeGreaterThan(0);
});

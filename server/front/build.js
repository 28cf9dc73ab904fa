// Builds the scripts of the pages that use libraries from npm: server/front -> server/static/built.
// What is only needed later (completion, charts) becomes files of its own that are loaded then.

import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const server = dirname(here);
const target = join(server, "static", "built");
const fresh = join(server, "static", ".building");

/** Return the licences of the packages whose code is in the built files, which they ask to be kept. */
async function licences(inputs) {
  const packages = new Set();
  for (const path of inputs) {
    const found = path.replaceAll("\\", "/").match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
  const texts = [];
  for (const name of [...packages].sort()) {
    const place = join(server, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
    const file = (await readdir(place)).find((item) => /^licen[cs]e/i.test(item));
    const text = file ? await readFile(join(place, file), "utf8") : "";
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const result = await build({
  absWorkingDir: server,
  entryPoints: { editor: join(here, "main.js") },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  metafile: true,
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
});
await writeFile(join(fresh, "LICENSES.txt"), await licences(Object.keys(result.metafile.inputs)));
await rm(target, { recursive: true, force: true });
await rename(fresh, target);

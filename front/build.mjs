// Builds the assets of all pages into internal/look/assets: one style sheet, two scripts, one icon, the script of the pages that
// ask for a security key, that of live video, and that of the page that checks cards offline; each with its hash in the name, a .br and a
// .gz beside it, and manifest.json from plain to hashed names. Prints what each weighs when sent.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const front = dirname(fileURLToPath(import.meta.url));
const modules = join(front, "..", "node_modules");
const out = join(front, "..", "internal", "look", "assets");

/** The style sheet, minified; warnings are those of the libraries' own @import and tell nothing about ours. */
function styles() {
  const { css } = sass.compile(join(front, "look.scss"), {
    loadPaths: [front, modules, join(front, "..")], style: "compressed", quietDeps: true, silenceDeprecations: ["import"], logger: sass.Logger.silent,
  });
  const { code } = esbuild.transformSync(css, { loader: "css", minify: true, target: "chrome78" });
  return code;
}

/** One script, for the browsers in township offices (Chromium 78 and later). */
function script(entry) {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [entry], bundle: true, minify: true, format: "iife", target: "es2017", write: false, legalComments: "none",
  });
  return outputFiles[0].text;
}

/**
 * htmx for the same browsers. Its private members become short ordinary ones before esbuild lowers the rest: lowered private members cost 800
 * bytes and a WeakMap look-up each. Fails when a new version writes them in a way that this does not know.
 */
function htmx() {
  const source = readFileSync(join(modules, "htmx.org", "dist", "htmx.js"), "utf8")
    .replace(/\bthis\.#(\w+)/g, "this.hx_own_$1")
    .replace(/^(\s+(?:static |async |get |set |\*)*)#(\w+)(?=\s*[=(;\n])/gm, "$1hx_own_$2");
  if (/\bin this\b/.test(source)) throw new Error("htmx asks for a private member by name; see htmx() in build.mjs");
  return esbuild.transformSync(source, { minify: true, target: "es2017", legalComments: "none", mangleProps: /^hx_own_/ }).code;
}

const files = {
  "look.css": styles(),
  "look.js": script(join(front, "look.ts")),
  "htmx.js": htmx(),
  "passkey.js": script(join(front, "passkey.ts")),
  "checker.js": script(join(front, "offline.ts")),
  "call.js": script(join(front, "call.ts")),
  "icon.svg": readFileSync(join(front, "icon.svg"), "utf8").trim(),
};

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) if (old !== "README.md") rmSync(join(out, old), { recursive: true });
const manifest = {};
for (const [name, text] of Object.entries(files)) {
  const body = Buffer.from(text);
  const hashed = name.replace(".", `-${createHash("sha256").update(body).digest("hex").slice(0, 10)}.`);
  const br = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
  const gz = gzipSync(body, { level: 9 });
  manifest[name] = hashed;
  writeFileSync(join(out, hashed), body);
  writeFileSync(join(out, hashed + ".br"), br);
  writeFileSync(join(out, hashed + ".gz"), gz);
  console.log(`${name.padEnd(10)} ${body.length} bytes, brotli ${br.length}, gzip ${gz.length}`);
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");

// Judges the look in Chromium: takes the demonstration pages that `go test ./internal/look -demo DIR` writes, photographs each at two widths with
// and without JavaScript, runs axe, looks for sideways scrolling, and prints what a first and a later visit weigh.
// node front/look.mjs DIR [PATH-TO-CHROMIUM]; ends with 1 when something is wrong or heavier than the budget (first visit 35 KB, scripts 15 KB).
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const [folder, program = "/usr/bin/chromium"] = process.argv.slice(2);
const assets = join(dirname(fileURLToPath(import.meta.url)), "..", "internal", "look", "assets");
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

let polled = 0;
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  response.setHeader("Content-Security-Policy", policy);
  if (path === "/imports/1/progress") {
    polled++;
    response.setHeader("Content-Type", types.html);
    return response.end(`<div class="hf-progress" id="import"><p>完成</p></div>`);
  }
  if (path === "/more") return response.setHeader("Content-Type", types.html).end("<b>新</b>");
  const file = path.startsWith("/assets/") ? join(assets, path.slice(8)) : join(folder, path.slice(1) + ".html");
  if (!existsSync(file)) return response.writeHead(404).end();
  response.setHeader("Content-Type", types[file.split(".").pop()]);
  response.setHeader("Content-Encoding", "gzip");
  response.end(gzipSync(readFileSync(file), { level: 6 }));
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const base = `http://127.0.0.1:${server.address().port}`;
const names = readdirSync(folder).filter((f) => f.endsWith(".html")).map((f) => f.slice(0, -5));
const shots = join(folder, "shots");
mkdirSync(shots, { recursive: true });

let bad = 0;
const fail = (text) => { bad++; console.log("✗ " + text); };
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
for (const [label, options] of Object.entries({
  wide: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1 },
  plain: { viewport: { width: 1366, height: 768 }, javaScriptEnabled: false },
  zoomed: { viewport: { width: 320, height: 256 } },
})) {
  const context = await browser.newContext(options);
  for (const name of names) {
    const page = await context.newPage();
    page.on("console", (m) => { if (m.type() === "error") fail(`${label} ${name}: ${m.text()}`); });
    page.on("pageerror", (e) => fail(`${label} ${name}: ${e}`));
    await page.goto(`${base}/${name}`);
    if (label !== "zoomed") await page.screenshot({ path: join(shots, `${name}-${label}.png`), fullPage: true });
    if (label !== "plain") {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) fail(`${label} ${name}: ${over} pixels too wide`);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      if (name === "public" || name === "large") tags.push("wcag2aaa");
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      for (const v of violations) fail(`${label} ${name}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join("\n    ")}`);
    }
    await page.close();
  }
  await context.close();
}

// What the scripts do.
const page = await (await browser.newContext()).newPage();
await page.goto(`${base}/form`);
await page.fill("#f-number", "533199194912310026".slice(0, 17) + "X");
await page.fill("#f-number", "53319919491231002" + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][[..."53319919491231002"].reduce((s, d, i) => s + d * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i], 0) % 11]);
const filled = await page.evaluate(() => ["f-birth", "f-age"].map((i) => document.getElementById(i).value).join() + document.getElementById("f-sex-1").checked);
if (filled !== "1949-12-31,70true") fail(`the identity number fills ${filled}`);
await page.goto(`${base}/errors`);
if (!(await page.evaluate(() => document.activeElement.classList.contains("govuk-error-summary")))) fail("the error summary has no focus");
await page.click(".govuk-error-summary a[href='#f-sex']");
if ((await page.evaluate(() => document.activeElement.id)) !== "f-sex") fail("the summary's link does not reach the field");
await page.goto(`${base}/list`);
await page.check("th.hf-pick input");
if ((await page.locator("td.hf-pick input:checked").count()) !== 50) fail("picking all rows picks not all");
polled = 0;
await page.goto(`${base}/work`);
await page.waitForFunction(() => !document.querySelector("#import[data-poll]"), null, { timeout: 8000 }).catch(() => fail("progress does not move"));
if (polled !== 1) fail(`progress was asked ${polled} times`);
page.on("console", (m) => { if (m.type() === "error") fail(`htmx: ${m.text()}`); });
page.on("pageerror", (e) => fail(`htmx: ${e}`));
await page.goto(`${base}/htmx`);
await page.click("#more");
await page.waitForFunction(() => document.getElementById("place").textContent === "新", null, { timeout: 3000 }).catch(() => fail("htmx does not swap"));
await browser.close();
server.close();

const sent = (file, kind) => (kind === "br" ? readFileSync(file + ".br") : gzipSync(readFileSync(file), { level: 6 })).length;
const asset = (name, kind) => sent(join(assets, manifest[name]), kind);
const manifest = JSON.parse(readFileSync(join(assets, "manifest.json"), "utf8"));
for (const kind of ["br", "gz"]) {
  const [css, js, icon, htmx] = ["look.css", "look.js", "icon.svg", "htmx.js"].map((name) => asset(name, kind));
  for (const name of names) {
    const html = gzipSync(readFileSync(join(folder, name + ".html")), { level: 6 }).length;
    if (html + css + js + icon + htmx > 35 * 1024) fail(`${name} is too heavy`);
    console.log(`${kind} ${name.padEnd(8)} html ${html}  first visit ${html + css + js + icon}  with htmx ${html + css + js + icon + htmx}`);
  }
  if (kind === "br" && js + htmx > 15 * 1024) fail("the scripts are too heavy");
  console.log(`${kind} css ${css} js ${js} htmx ${htmx} icon ${icon}`);
}
process.exit(bad ? 1 : 0);

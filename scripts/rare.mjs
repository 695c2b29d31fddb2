// Leaves of a TrueType face the characters that another one does not draw: 楷 is asked for those alone, and the program is 14 MB smaller.
//
// Usage: node scripts/rare.mjs LXGWWenKai-Regular.ttf NotoSerifSC-Regular.ttf OUT.ttf
import { readFileSync, writeFileSync } from "node:fs";
import fonteditor from "fonteditor-core";

const [from, other, to] = process.argv.slice(2);
const open = (file, subset) => fonteditor.createFont(readFileSync(file), { type: "ttf", subset });

// drawn are the characters that have an outline; cmap gives the glyph of each.
function drawn(font) {
	const { cmap, glyf } = font.get();
	return Object.keys(cmap).filter((c) => glyf[cmap[c]].contours?.length || glyf[cmap[c]].glyfs?.length);
}

const there = new Set(drawn(open(other)));
const rare = drawn(open(from)).filter((c) => !there.has(c));
if (rare.length === 0) {
	throw new Error(`${other} draws all that ${from} draws`);
}
writeFileSync(to, open(from, rare.map(Number)).write({ type: "ttf", toBuffer: true }));

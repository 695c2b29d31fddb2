// Turns FandolFang, whose outlines are CFF, into a TrueType face, which papers can cut.
//
// Usage: node scripts/fang.mjs FandolFang-Regular.otf OUT.ttf
// Outlines become quadratic curves; characters and advances stay as they are.
import { readFileSync, writeFileSync } from "node:fs";
import fonteditor from "fonteditor-core";

// advances are the widths of the table hmtx: those that come with CFF outlines forget what a face with several dictionaries adds to them.
function advances(otf) {
	const at = {};
	for (let i = 0; i < otf.readUInt16BE(4); i++) {
		const entry = 12 + 16 * i;
		at[otf.toString("latin1", entry, entry + 4)] = otf.readUInt32BE(entry + 8);
	}
	const own = otf.readUInt16BE(at.hhea + 34);
	return (glyph) => otf.readUInt16BE(at.hmtx + 4 * Math.min(glyph, own - 1));
}

const [from, to] = process.argv.slice(2);
const otf = readFileSync(from);
const font = fonteditor.createFont(otf, { type: "otf" });
const width = advances(otf);
font.get().glyf.forEach((glyph, i) => (glyph.advanceWidth = width(i)));
writeFileSync(to, font.write({ type: "ttf", toBuffer: true }));

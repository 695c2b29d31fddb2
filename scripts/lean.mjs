// Leaves of a TrueType face the tables that papers read; hints, joins and columns are for screens and setters.
//
// Usage: node scripts/lean.mjs IN.ttf OUT.ttf
import { readFileSync, writeFileSync } from "node:fs";

const read = new Set(["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"]);
const entrySize = 16;
const headSize = 12;

const [from, to] = process.argv.slice(2);
const face = readFileSync(from);
const entries = [];
for (let i = 0; i < face.readUInt16BE(4); i++) {
	const entry = face.subarray(headSize + entrySize * i, headSize + entrySize * (i + 1));
	if (read.has(entry.toString("latin1", 0, 4))) {
		entries.push(entry);
	}
}
const head = Buffer.alloc(headSize + entrySize * entries.length);
const power = Math.floor(Math.log2(entries.length));
head.writeUInt32BE(face.readUInt32BE(0), 0);
[entries.length, entrySize * 2 ** power, power, entrySize * (entries.length - 2 ** power)].forEach((n, i) => head.writeUInt16BE(n, 4 + 2 * i));
const parts = [head];
let at = head.length;
entries.forEach((entry, i) => {
	const [offset, length] = [entry.readUInt32BE(8), entry.readUInt32BE(12)];
	entry.copy(head, headSize + entrySize * i);
	head.writeUInt32BE(at, headSize + entrySize * i + 8);
	const table = Buffer.alloc(Math.ceil(length / 4) * 4);
	face.copy(table, 0, offset, offset + length);
	parts.push(table);
	at += table.length;
});
writeFileSync(to, Buffer.concat(parts));

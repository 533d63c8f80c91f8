// Statements on standard input, one a line, against xapi-validation; prints what is wrong with them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { default: faults } = require("xapi-validation");
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  for (const warning of faults(JSON.parse(line))) console.log(JSON.stringify(warning));
}
console.log(`${lines.length} statements`);

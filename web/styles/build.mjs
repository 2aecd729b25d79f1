// Compiles the two style sheets: `npm run build` writes them, `npm run check` fails when the committed ones are not current.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import * as sass from "sass";
import rtlcss from "rtlcss";

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.env.NODE_PATH ?? join(here, "..", "..", "node_modules");
const loadPaths = [join(packages, "govuk-frontend", "dist"), here];

function compiled(name) {
  const { css } = sass.compile(join(here, `${name}.scss`), { style: "compressed", loadPaths, quietDeps: true });
  return `${name === "rtl" ? rtlcss.process(css) : css}\n`;
}

let stale = false;
for (const name of ["ltr", "rtl"]) {
  const css = compiled(name);
  const path = join(here, "..", "static", `${name}.css`);
  if (process.argv.includes("--check")) {
    if (readFileSync(path, "utf8") !== css) {
      console.error(`web/static/${name}.css is not current: run npm run build`);
      stale = true;
    }
  } else {
    writeFileSync(path, css);
  }
  console.log(`${name}.css ${css.length} bytes, ${gzipSync(css, { level: 9 }).length} compressed`);
}
process.exitCode = stale ? 1 : 0;

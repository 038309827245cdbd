/*
 * Engines that come to a stop they were not made for: one function of a built .wasm gets another body, so that what
 * happens is a real trap in a real instance. Node only.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** An unsigned LEB128 number: [value, offset behind it]. */
function number(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** That number as bytes. */
function leb(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) + 0x80);
  return [...bytes, value];
}

/** The sections, by their number: [begin, end] of what lies in them, and where they begin themselves. */
function sectionsOf(bytes) {
  const sections = new Map();
  for (let at = 8; at < bytes.length; ) {
    const [size, begin] = number(bytes, at + 1);
    sections.set(bytes[at], [begin, begin + size, at]);
    at = begin + size;
  }
  return sections;
}

const nameAt = (bytes, at) => {
  const [length, begin] = number(bytes, at);
  return [bytes.toString('utf8', begin, begin + length), begin + length];
};

/** How many functions the module imports: those come first in the numbering. */
function importedFunctions(bytes, [begin]) {
  let [count, at] = number(bytes, begin);
  let functions = 0;
  for (; count > 0; count--) {
    [, at] = nameAt(bytes, at);
    [, at] = nameAt(bytes, at);
    const kind = bytes[at++];
    if (kind === 0) {
      functions++;
      [, at] = number(bytes, at);
    } else if (kind === 2) {
      const flags = bytes[at++];
      [, at] = number(bytes, at);
      if (flags & 1) [, at] = number(bytes, at);
    } else throw new Error(`an import of kind ${kind}`);
  }
  return functions;
}

function exportedFunction(bytes, [begin], wanted) {
  let [count, at] = number(bytes, begin);
  for (; count > 0; count--) {
    const [name, behind] = nameAt(bytes, at);
    const [index, next] = number(bytes, behind + 1);
    if (name === wanted && bytes[behind] === 0) return index;
    at = next;
  }
  throw new Error(`no function ${wanted}`);
}

const CODE_SECTION = 10;

/** The module with another body for function `index`: no locals, and that code. */
function withBody(bytes, sections, index, code) {
  const own = index - importedFunctions(bytes, sections.get(2));
  const [content, end, header] = sections.get(CODE_SECTION);
  let [, at] = number(bytes, content);
  for (let i = 0; i < own; i++) {
    const [size, begin] = number(bytes, at);
    at = begin + size;
  }
  const [size, begin] = number(bytes, at);
  const body = [0, ...code, END];
  const section = Buffer.concat([
    bytes.subarray(content, at),
    Buffer.from([...leb(body.length), ...body]),
    bytes.subarray(begin + size, end),
  ]);
  const head = Buffer.from([CODE_SECTION, ...leb(section.length)]);
  return Buffer.concat([bytes.subarray(0, header), head, section, bytes.subarray(end)]);
}

const UNREACHABLE = 0x00;
const END = 0x0b;

/** What a function does instead; each gets its own index. */
export const DEEDS = {
  /* memory.fill(0, 0, memory.size << 16), then a trap: the instance's whole memory is gone. */
  spoil: () => [0x41, 0, 0x41, 0, 0x3f, 0, 0x41, 16, 0x74, 0xfc, 0x0b, 0, UNREACHABLE],
  /* Calls itself until the stack is full, which is no trap by name but an error of the browser's own. */
  overflow: (index, parameters) => [
    ...Array.from({ length: parameters }, (_, i) => [0x20, i]).flat(),
    ...[0x10, 0x80 | (index & 0x7f), (index >> 7) & 0x7f],
    UNREACHABLE,
  ],
  /* loop br 0 end */
  hang: () => [0x03, 0x40, 0x0c, 0, END, UNREACHABLE],
};

/** The letter that the compiler gave the entry point `name` of the build whose glue is `glue`. */
function letterOf(glue, name) {
  const [, letter] = glue.match(new RegExp(`_lt_wasm_${name}=\\w+\\.(\\w+)\\)`)) ?? [];
  if (!letter) throw new Error(`no entry point ${name}`);
  return letter;
}

/** In all builds of the engine in the site `folder`, let entry point `name`, of so many parameters, do that instead. */
export function spoilEngine(folder, name, deed, parameters = 0) {
  const files = readdirSync(`${folder}/assets`);
  for (const build of ['simd', 'relaxed', 'threads']) {
    const of = (type) =>
      `${folder}/assets/${files.find((file) => file.startsWith(`lentigo-${build}-`) && file.endsWith(type))}`;
    const letter = letterOf(readFileSync(of('.js'), 'utf8'), name);
    const bytes = readFileSync(of('.wasm'));
    const sections = sectionsOf(bytes);
    const index = exportedFunction(bytes, sections.get(7), letter);
    writeFileSync(of('.wasm'), withBody(bytes, sections, index, DEEDS[deed](index, parameters)));
  }
}

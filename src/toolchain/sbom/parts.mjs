/*
 * What there is to know of each part besides its version and hash: whose it is, under which licence, where it comes
 * from. A part that the build takes in and that has no line here stops `make sbom`.
 */

/** An upstream commit is the last part of Debian's version, `0.0~git20241108.4ea82e5`. */
const commitIn = (version) => version.match(/\.([0-9a-f]{7,})(?:\+ds)?$/)[1];
const github = (repository) => (version) => `pkg:github/${repository}@${commitIn(version)}`;

/** The C libraries of pins.txt, by the name there. */
export const LIBRARIES = {
  xnnpack: {
    title: 'XNNPACK',
    licence: 'BSD-3-Clause',
    supplier: 'Google',
    purl: github('google/xnnpack'),
    needs: ['pthreadpool', 'fxdiv', 'fp16'],
    changed: 'Cut down to the operators of the engine by src/toolchain/xnnpack.py.',
  },
  pthreadpool: {
    title: 'pthreadpool',
    licence: 'BSD-2-Clause',
    supplier: 'Marat Dukhan and contributors',
    purl: github('maratyszcza/pthreadpool'),
    needs: ['fxdiv'],
  },
  fxdiv: {
    title: 'FXdiv',
    licence: 'MIT',
    supplier: 'Marat Dukhan and contributors',
    purl: github('maratyszcza/fxdiv'),
  },
  fp16: { title: 'FP16', licence: 'MIT', supplier: 'Marat Dukhan and contributors', purl: github('maratyszcza/fp16') },
  yyjson: {
    title: 'yyjson',
    licence: 'MIT',
    supplier: 'YaoYuan',
    purl: (version) => `pkg:github/ibireme/yyjson@${version.replace('+ds', '')}`,
  },
  libstb: {
    title: 'stb_image, stb_image_resize2',
    licence: 'MIT OR Unlicense',
    supplier: 'Sean Barrett and contributors',
    purl: github('nothings/stb'),
    changed:
      'The tables of stb_image_resize2 are cut down to 8-bit pixels, and to four rows at once, by src/toolchain/stb.py.',
  },
};

const LLVM_LICENCE = 'Apache-2.0 WITH LLVM-exception';
const llvm = (part) => (version) => `pkg:github/llvm/llvm-project@llvmorg-${version}#${part}`;

/**
 * What compilers put into what they make: by name, with `version` out of the versions of the compilers. Which files
 * of theirs are whose is in FILES.
 */
export const RUNTIMES = {
  emscripten: {
    title: 'Emscripten: JavaScript runtime, emmalloc, system libraries',
    licence: 'MIT OR NCSA',
    supplier: 'Emscripten authors',
    fromEmscripten: true,
    version: ({ emscripten }) => emscripten,
    purl: (version) => `pkg:github/emscripten-core/emscripten@${version}`,
    needs: ['musl', 'compiler-rt'],
  },
  musl: {
    title: 'musl',
    licence: 'MIT',
    supplier: 'Rich Felker and contributors',
    fromEmscripten: true,
    version: ({ musl }) => musl,
    purl: (version) => `pkg:generic/musl@${version}`,
    cpe: (version) => `cpe:2.3:a:musl-libc:musl:${version}:*:*:*:*:*:*:*`,
    changed: "Emscripten's copy, changed for WebAssembly.",
  },
  'compiler-rt': {
    title: 'LLVM compiler-rt',
    licence: LLVM_LICENCE,
    supplier: 'LLVM project',
    fromEmscripten: true,
    version: ({ llvm }) => llvm,
    purl: llvm('compiler-rt'),
    changed: "Emscripten's copy.",
  },
  libcxx: {
    title: 'LLVM libc++ and libc++abi',
    licence: LLVM_LICENCE,
    supplier: 'LLVM project',
    fromEmscripten: true,
    version: ({ llvm }) => llvm,
    purl: llvm('libcxx'),
    changed: "Emscripten's copy.",
  },
  'clang-headers': {
    title: "clang's own headers",
    licence: LLVM_LICENCE,
    supplier: 'LLVM project',
    version: ({ clang }) => clang,
    purl: llvm('clang/lib/Headers'),
  },
  'gcc-runtime': {
    title: 'libgcc and start files',
    licence: 'GPL-3.0-or-later WITH GCC-exception-3.1',
    supplier: 'Free Software Foundation',
    version: ({ gcc }) => gcc,
    purl: (version) => `pkg:generic/gcc@${version}`,
  },
  libsodium: {
    title: 'libsodium (of the machine, linked at run time)',
    licence: 'ISC',
    supplier: 'Frank Denis and contributors',
    version: ({ libsodium }) => libsodium,
    purl: (version) => `pkg:github/jedisct1/libsodium@${version}`,
  },
  curl: {
    title: 'libcurl (of the machine, linked at run time)',
    licence: 'curl',
    supplier: 'Daniel Stenberg and contributors',
    version: ({ curl }) => curl,
    purl: (version) => `pkg:generic/curl@${version}`,
    cpe: (version) => `cpe:2.3:a:haxx:curl:${version}:*:*:*:*:*:*:*`,
  },
  glibc: {
    title: 'GNU C library (of the machine, linked at run time)',
    licence: 'LGPL-2.1-or-later',
    supplier: 'Free Software Foundation',
    version: ({ glibc }) => glibc,
    purl: (version) => `pkg:generic/glibc@${version}`,
  },
};

/** Whose a file is that was linked or included, by its path; the first line that fits. `@` is Emscripten's folder. */
export const FILES = [
  [/\/sources-[0-9a-f]+\/pthreadpool\//, ['pthreadpool']],
  [/^@\/.*\/libc(?:_optz)?(?:-mt)?\.a$/, ['musl', 'emscripten']],
  [/^@\/.*\/libcompiler_rt(?:-mt)?\.a$/, ['compiler-rt']],
  [/^@\/.*\/libc\+\+(?:abi)?(?:-mt)?(?:-noexcept)?\.a$/, ['libcxx']],
  [/^@\/.*\/lib(?:emmalloc|bulkmemory|standalonewasm|stubs|noexit|al|html5)[\w-]*\.a$/, ['emscripten']],
  [/^@\/cache\/sysroot\/include\//, ['musl', 'emscripten']],
  [/\/lib\/clang\/[\d.]+\/include\//, ['clang-headers']],
  [/\/lib\/gcc\/[^/]+\/[\d.]+\/(?:libgcc(?:_eh)?\.a|crt\w+\.o|include\/.*)$/, ['gcc-runtime']],
  [/\/(?:libgcc_s\.so(?:\.1)?|libgcc\.a)$/, ['gcc-runtime']],
  [/\/(?:S?crt[1in]|Scrt1)\.o$/, ['glibc']],
  [/\/(?:lib(?:c|m|mvec|pthread|c_nonshared)\.(?:so[\d.]*|a)|ld-linux[\w.-]*)$/, ['glibc']],
  [/\/libsodium\.(?:so[\d.]*|a)$|^\/usr\/include\/sodium[./]/, ['libsodium']],
  [/\/libcurl\.(?:so[\d.]*|a)$|^\/usr\/include\/(?:[\w-]+\/)?curl\//, ['curl']],
  [/^\/usr\/include\//, ['glibc']],
];

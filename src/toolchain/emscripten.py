"""Puts Emscripten together in a private prefix: emscripten.py FOLDER

Emscripten and binaryen come from trixie, clang and lld 19 from the machine's
own suite. binaryen is linked against a newer C library than the machine has,
so its tools run through the loader and libraries unpacked beside them.
"""

import subprocess
import sys
from pathlib import Path

from archive import fetch
from common import built_whole, die, first_line, need, run, say

LLVM = Path("/usr/lib/llvm-19/bin")
PACKAGES = ("emscripten", "node-acorn", "binaryen", "libc6", "libgcc-s1", "libstdc++6")
BINARYEN_TOOLS = ("wasm-opt", "wasm-metadce", "wasm-emscripten-finalize", "wasm-ctor-eval")

# What a build without link-time optimisation and exceptions does not read:
# two thirds of the package by size, nine tenths by number of files.
LIB = "./usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten"
UNUSED = (
    "./usr/share/doc",
    "./usr/share/emscripten/test",
    "./usr/share/emscripten/docs",
    "./usr/share/emscripten/system/lib",
    f"{LIB}/lto",
    f"{LIB}/lto-pic",
    f"{LIB}/pic",
    *(f"{LIB}/*{part}*" for part in ("asan", "lsan", "ubsan", "sanitizer", "wasmfs", "-mt-debug", "-debug-mt")),
    *(f"{LIB}/*{part}.a" for part in ("-ww*", "-except", "-icase")),
)

CONFIG = """\
LLVM_ROOT = {llvm!r}
BINARYEN_ROOT = {binaryen!r}
NODE_JS = {node!r}
FROZEN_CACHE = True
"""

# $0's folder decides, so that the prefix can be moved.
WRAPPER = """\
#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/..
exec "$root"/lib/ld-linux-*.so.? --library-path "$root/lib" "$root/libexec/{tool}" "$@"
"""


def unpack(deb, target, strip, patterns, skip=()):
    """Unpacks the files of a .deb that match, without their first `strip` folders."""
    options = [f"--strip-components={strip}", "--wildcards", "--no-same-owner"]
    options += [f"--exclude={pattern}" for pattern in skip]
    target.mkdir(parents=True, exist_ok=True)
    stream = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
    command = ["tar", "-x", "-C", target, *options, *patterns]
    status, output = run(command, stdin=stream.stdout)
    if status != 0 or stream.wait() != 0:
        die(f"{deb.name} does not unpack: {first_line(output)}", "make room on the disk")


def put_binaryen(debs, folder):
    """bin/: wrappers, libexec/: the programs, lib/: loader and libraries they need."""
    unpack(debs["binaryen"], folder / "libexec", 3, [f"./usr/bin/{t}" for t in BINARYEN_TOOLS])
    for name in ("binaryen", "libc6", "libgcc-s1", "libstdc++6"):
        unpack(debs[name], folder / "lib", 4, ["./usr/lib/*-linux-gnu/*.so*"], ("*/gconv",))
    (folder / "bin").mkdir()
    for tool in BINARYEN_TOOLS:
        wrapper = folder / "bin" / tool
        wrapper.write_text(WRAPPER.format(tool=tool))
        wrapper.chmod(0o755)


def main(folder):
    need("dpkg-deb", "dpkg")
    node = need("node", "nodejs")
    debs = fetch(PACKAGES)
    with built_whole(folder) as work:
        say("unpacking Emscripten (about half a minute)")
        unpack(debs["emscripten"], work, 4, ["./usr/share/emscripten/*"], UNUSED)
        # The optimizer is an ES module: it finds acorn beside itself or not at all.
        modules = work / "tools" / "node_modules"
        unpack(debs["node-acorn"], modules, 4, ["./usr/share/nodejs/acorn/*"])
        put_binaryen(debs, work / "binaryen")
        binaryen = Path(folder).resolve() / "binaryen"
        settings = CONFIG.format(llvm=str(LLVM), binaryen=str(binaryen), node=node)
        (work / ".emscripten").write_text(settings)


if __name__ == "__main__":
    main(sys.argv[1])

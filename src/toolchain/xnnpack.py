"""Cuts XNNPACK down to the operators the engine has.

  xnnpack.py cut SOURCE TARGET      writes to TARGET the files of SOURCE/src that are cut:
    configs/*.c      a configuration that is not in CONFIGS is answered with NULL; kernels go that ours
                     replace (REPLACED)
    operators/*.c    an operator of a type we do not have (DROPPED) is refused
    reference/*.cc   only the fallbacks that a quantised graph can meet stay
  xnnpack.py kernels SOURCE TARGET NM PROCESSOR OBJECT...
                                    writes TARGET, a make fragment: the kernels that the
                                    objects ask for, each with its compiler flags

XNNPACK asks a configuration function (xnn_init_f32_gemm_config and so on) for
its kernels, so a configuration that is never used drops out with all of them.
"""

import re
import subprocess
import sys
from pathlib import Path

from common import die

CONFIGS = frozenset(
    """
    hardware transpose xx_copy xx_fill xx_pad x8_lut
    f32_gemm f32_gemm_nr2 f32_dwconv f32_vmulcaddc
    f32_vadd f32_vmul f32_clamp f32_hswish f32_sigmoid
    f32_avgpool f32_pavgpool f32_maxpool f32_rsum f32_rdsum
    f32_rmax f32_raddstoreexpminusmax
    qs8_qc8w_gemm qs8_qc8w_dwconv qs8_dwconv
    qs8_vadd qs8_vmul s8_clamp s8_maxpool qs8_rsum qs8_rdsum
    qs8_cvt f32_to_qs8_cvt qs8_to_f32_cvt s32_to_f32_cvt
    """.split()
)

# Where no kernel fits (other scales on both sides, a function of one byte), XNNPACK
# falls back on plain C++ for every operator and type. These are the ones we can meet.
FALLBACKS = frozenset("unary_clamp unary_hardswish unary_sigmoid datatype_qint8".split())
FALLBACKS |= {"binary_add", "binary_multiply"}

# Weights are packed by these; the others belong to configurations that are dropped.
PACKING = re.compile(r"xnn_pack_(f32|qs8|qs8_to_qu8)_(gemm|conv|dwconv|vmulcaddc|weights)_")

# Operators whose configurations are dropped, by the end of their names; layouts and weights that we never ask for.
DROPPED = re.compile(
    r"convolution2d_nchw_\w+|dynamic_fully_connected_nc_\w+|fused_convolution2d_\w+"
    r"|\w+_(?:f16|pf32|qu8|x16|qd8|qp8|f32_qc8w|qc4w|qb4w|(?:qd8|qp8)_\w+)"
)

# Where kernels of our own run almost everything (src/kernels/), the smallest of XNNPACK's are enough for the rest:
# by configuration, what goes, and what stands in its place.
REPLACED = {
    "qs8_qc8w_gemm": [
        (r"hardware_config->use_wasm_u?sdot", "false"),
        (r"^.*_4x4c2s4__wasmsimd_.*\n", ""),
        (r"mr = 4;(?=\n.*nr = 4;\n.*log2_kr = 1;)", "mr = 1;"),
    ],
    # Of those for 3, 9 and 25 weights the middle one stays; larger windows run as groups of one channel.
    "qs8_qc8w_dwconv": [
        (r"(?<=XNN_ARCH_WASMRELAXEDSIMD\n)(?:.*_config\[0\].*\n)+", ""),
        (r"(?<=XNN_ARCH_WASMRELAXEDSIMD\n)((?:.*_config\[1\].*\n)+)(?:.*_config\[2\].*\n)+", r"\1"),
    ],
}

AVX512 = "-mf16c -mfma -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl"
ARM82 = "-march=armv8.2-a"

# Instruction sets by processor: XNNPACK's list of kernels, the flags they need.
ISAS = {
    "x86_64": {
        "scalar": "",
        "sse": "-msse",
        "sse2": "-msse2",
        "ssse3": "-mssse3",
        "sse41": "-msse4.1",
        "avx": "-mavx",
        "f16c": "-mf16c",
        "fma3": "-mf16c -mfma",
        "avx2": "-mf16c -mfma -mavx2",
        "avxvnni": "-mf16c -mfma -mavx2 -mavxvnni",
        "avx256skx": AVX512,
        "avx256vnni": f"{AVX512} -mavx512vnni",
        "avx256vnnigfni": f"{AVX512} -mavx512vnni -mgfni",
        "avx512f": "-mavx512f",
        "avx512skx": AVX512,
        "avx512vbmi": f"{AVX512} -mavx512vbmi",
        "avx512vnni": f"{AVX512} -mavx512vnni",
        "avx512vnnigfni": f"{AVX512} -mavx512vnni -mgfni",
    },
    "aarch64": {
        "scalar": "",
        "neon": "",
        "neon_aarch64": "",
        "neonfma": "",
        "neonfma_aarch64": "",
        "neonfp16": "",
        "neonv8": "",
        "neondot": f"{ARM82}+dotprod",
        "neondot_aarch64": f"{ARM82}+dotprod",
        "neoni8mm": f"{ARM82}+i8mm+fp16",
    },
    "simd": {"scalar": "", "wasm": "", "wasm32": "", "wasmsimd": "", "wasmsimd32": ""},
}
ISAS["relaxed"] = ISAS["simd"] | {"wasmrelaxedsimd": "", "wasmrelaxedsimd32": ""}

SET_UP = re.compile(r"^static void init_(\w+)_config\(void\) \{\n.*?^\}", re.M | re.S)
GETTER = re.compile(r"^const struct \w+\* xnn_init_(\w+)_config\(\) \{\n.*?^\}", re.M | re.S)
# Kernels fused with no or a plain ReLU activation: XNNPACK takes the clamping ones in
# their place, which cost nothing that can be measured.
FUSED = re.compile(r"^ +\w+_config(?:\[\d+\])?\.(?:linear|relu)\.[^;]*;\n", re.M)
OPERATOR = re.compile(r"^enum xnn_status xnn_(?:create|reshape|setup)_(\w+)\([^{;]*\{\n.*?^\}", re.M | re.S)
CASE = re.compile(r"^ +case xnn_((?:unary|binary|datatype)_\w+):.*\n(?:(?! *(?:case|default|\})).*\n)*", re.M)
PACKER = re.compile(r"^void (xnn_pack_\w+)\([^{]*\{\n.*?^\}", re.M | re.S)
DEFINED = re.compile(r"^(?:void|size_t|float)?\s*(xnn_\w*ukernel\w*)\s*\(", re.M)
WANTED = re.compile(r"\b(xnn_\w*ukernel\w*)$")


def cut_configs(text):
    """A configuration file without the bodies of what is not wanted."""

    def body(replacement):
        def choose(found):
            head = found[0].split("\n", 1)[0]
            return found[0] if found[1] in CONFIGS else f"{head}{replacement}}}"

        return choose

    def replace(found):
        kept = found[0]
        for pattern, replacement in REPLACED.get(found[1], []):
            kept, count = re.subn(pattern, replacement, kept, flags=re.M)
            if count == 0:
                die(f"nothing to replace in XNNPACK's configuration {found[1]}", "correct REPLACED in xnnpack.py")
        return kept

    text = SET_UP.sub(replace, text)
    return FUSED.sub("", GETTER.sub(body(" return NULL; "), SET_UP.sub(body(""), text)))


def cut_fallbacks(text):
    """A reference file that dispatches to nothing but FALLBACKS."""
    return CASE.sub(lambda found: found[0] if found[1] in FALLBACKS else "", text)


def cut_operators(text):
    """An operator's file that refuses what is in DROPPED."""

    def choose(found):
        head = found[0].split("{\n", 1)[0]
        return f"{head}{{ return xnn_status_unsupported_parameter; }}" if DROPPED.fullmatch(found[1]) else found[0]

    return OPERATOR.sub(choose, text)


def cut_packing(text):
    """The packing file; a function that can no longer be reached traps."""

    def choose(found):
        head = found[0].split("{\n", 1)[0]
        return found[0] if PACKING.match(found[1]) else f"{head}{{ __builtin_trap(); }}"

    return PACKER.sub(choose, text)


def cut(source, target):
    seen = set()
    for path in sorted((source / "src").glob("configs/*.c")):
        seen.update(found[1] for found in GETTER.finditer(path.read_text()))
    unknown = CONFIGS - seen
    if unknown:
        die(f"XNNPACK has no configuration {sorted(unknown)[0]}", "correct CONFIGS in xnnpack.py")
    cutters = {
        "configs/*.c": cut_configs,
        "operators/*.c": cut_operators,
        "reference/*-elementwise.cc": cut_fallbacks,
        "reference/packing.cc": cut_packing,
    }
    for pattern, cutter in cutters.items():
        for path in sorted((source / "src").glob(pattern)):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(cutter(path.read_text()))


def listed(source, isa):
    """The production kernel files of one instruction set, as XNNPACK lists them."""
    text = (source / "cmake" / "gen" / f"{isa}_microkernels.cmake").read_text()
    found = re.search(rf"^SET\(PROD_{isa.upper()}_MICROKERNEL_SRCS(.*?)\)", text, re.M | re.S)
    return found[1].split() if found else []


def index(source, processor):
    """Kernel function -> (file, flags) over all instruction sets of the processor."""
    table = {}
    for isa, flags in ISAS[processor].items():
        for name in listed(source, isa):
            for found in DEFINED.finditer((source / name).read_text()):
                table.setdefault(found[1], (name, flags))
    return table


def undefined(nm, objects):
    """The kernel functions the objects refer to without defining them."""
    symbols = subprocess.run([nm, "-u", *objects], capture_output=True, text=True, check=True)
    lines = (line.strip() for line in symbols.stdout.splitlines())
    return {found[1] for line in lines if (found := WANTED.search(line))}


def write_kernels(source, target, nm, processor, objects):
    table = index(source, processor)
    wanted = undefined(nm, objects)
    lost = sorted(wanted - table.keys())
    if lost:
        die(f"no file in XNNPACK defines {lost[0]}", "correct ISAS in xnnpack.py")
    files = dict(table[name] for name in wanted)
    lines = [f"KERNELS += {name}" for name in sorted(files)]
    lines += [f"$(OBJ)/{name}.o: ISA := {flags}" for name, flags in sorted(files.items()) if flags]
    target.write_text("\n".join(lines) + "\n")


def main(mode, source, target, *rest):
    if mode == "cut":
        cut(Path(source), Path(target))
    else:
        nm, processor, *objects = rest
        write_kernels(Path(source), Path(target), nm, processor, objects)


if __name__ == "__main__":
    main(*sys.argv[1:])

/* The part of the cpuinfo interface that XNNPACK asks on x86-64 and arm64 Linux:
 * which instruction sets both processor and kernel support. The compiler's own
 * run-time library knows the first, the auxiliary vector the second.
 *
 * An instruction set whose kernels are not compiled in answers false. */
#ifndef LENTIGO_SHIM_CPUINFO_H
#define LENTIGO_SHIM_CPUINFO_H

#include <stdbool.h>

static inline bool cpuinfo_initialize(void) {
    return true;
}

#define LT_CPU_FLAG(function, value)                  \
    static inline bool cpuinfo_has_##function(void) { \
        return (value) != 0;                          \
    }

#if defined(__x86_64__)

#define LT_CPU_X86(name, feature) LT_CPU_FLAG(x86_##name, __builtin_cpu_supports(feature))

LT_CPU_X86(ssse3, "ssse3")
LT_CPU_X86(sse4_1, "sse4.1")
LT_CPU_X86(avx, "avx")
LT_CPU_X86(f16c, "f16c")
LT_CPU_X86(fma3, "fma")
LT_CPU_X86(avx2, "avx2")
LT_CPU_X86(avx512f, "avx512f")
LT_CPU_X86(avx512bw, "avx512bw")
LT_CPU_X86(avx512dq, "avx512dq")
LT_CPU_X86(avx512vl, "avx512vl")
LT_CPU_X86(avx512vbmi, "avx512vbmi")
LT_CPU_X86(avx512vnni, "avx512vnni")
LT_CPU_X86(gfni, "gfni")
LT_CPU_X86(avxvnni, "avxvnni")
LT_CPU_FLAG(x86_avx_vnni_int8, 0)
LT_CPU_FLAG(x86_avx512fp16, 0)
LT_CPU_FLAG(x86_amx_int8, 0)

#undef LT_CPU_X86

static inline bool cpuinfo_is_first_zen(void) {
    return __builtin_cpu_is("znver1");
}

#elif defined(__aarch64__)

#include <asm/hwcap.h>
#include <sys/auxv.h>

LT_CPU_FLAG(arm_vfpv3, 1)
LT_CPU_FLAG(arm_neon, 1)
LT_CPU_FLAG(arm_neon_fp16, 1)
LT_CPU_FLAG(arm_neon_fma, 1)
LT_CPU_FLAG(arm_neon_v8, 1)
LT_CPU_FLAG(arm_fp16_arith, getauxval(AT_HWCAP) & HWCAP_FPHP)
LT_CPU_FLAG(arm_neon_fp16_arith, getauxval(AT_HWCAP) & HWCAP_ASIMDHP)
LT_CPU_FLAG(arm_neon_dot, getauxval(AT_HWCAP) & HWCAP_ASIMDDP)
LT_CPU_FLAG(arm_i8mm, getauxval(AT_HWCAP2) & HWCAP2_I8MM)
LT_CPU_FLAG(arm_neon_bf16, 0)
LT_CPU_FLAG(arm_sve, 0)
LT_CPU_FLAG(arm_sve2, 0)
LT_CPU_FLAG(arm_sme, 0)
LT_CPU_FLAG(arm_sme2, 0)

static inline bool cpuinfo_is_first_zen(void) {
    return false;
}

#else
#error "XNNPACK is built for x86-64 and arm64 only"
#endif

#undef LT_CPU_FLAG

/* A few choices are made by microarchitecture. The one for AMD's first Zen is
 * made as intended; elsewhere the general kernels are as right, if not as fast. */
enum cpuinfo_uarch {
    cpuinfo_uarch_unknown,
    cpuinfo_uarch_zen,
    cpuinfo_uarch_dhyana,
    cpuinfo_uarch_kryo,
    cpuinfo_uarch_cortex_a53,
    cpuinfo_uarch_cortex_a55r0,
    cpuinfo_uarch_cortex_a55,
};

struct cpuinfo_core {
    enum cpuinfo_uarch uarch;
};

static inline const struct cpuinfo_core *cpuinfo_get_core(unsigned index) {
    static const struct cpuinfo_core zen = {cpuinfo_uarch_zen};
    static const struct cpuinfo_core general = {cpuinfo_uarch_unknown};
    (void)index;
    return cpuinfo_is_first_zen() ? &zen : &general;
}

#endif

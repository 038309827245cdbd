"""The entry points of src/wasm.c, in a WebAssembly engine whose relaxed instructions compute as arm64's do.

The relaxed dot product may take its second operand as signed or unsigned; x86 and arm64 differ. wasmtime's
deterministic mode takes it as signed on every processor, as arm64 does, so that the kernels of phones run here.
"""

import json
import struct
import time

import wasmtime

STATUS_OK = 0
PRIOR_DATA = 0
CENTRE = (0.5, 0.5, 0.0, 0)  # x, y, side, quarter turns of a request

WASI = "wasi_snapshot_preview1"


class Engine:
    """One engine of the build in `path`; wasm pointers are ints."""

    def __init__(self, path):
        config = wasmtime.Config()
        config.wasm_relaxed_simd = True
        config.wasm_relaxed_simd_deterministic = True
        machine = wasmtime.Engine(config)
        self.store = wasmtime.Store(machine)
        linker = wasmtime.Linker(machine)
        linker.define_func("env", "emscripten_notify_memory_growth", self.signature("i32"), lambda _: None)
        linker.define_func(WASI, "clock_time_get", self.signature("i32 i64 i32", "i32"), self.clock)
        self.instance = linker.instantiate(self.store, wasmtime.Module.from_file(machine, str(path)))
        self.memory = self.instance.exports(self.store)["memory"]
        self.call("_initialize")
        self.box = self.call("lt_wasm_create", 0, 0, 0, 0)
        assert self.box != 0

    @staticmethod
    def signature(arguments, result=""):
        kinds = {"i32": wasmtime.ValType.i32(), "i64": wasmtime.ValType.i64()}
        return wasmtime.FuncType([kinds[name] for name in arguments.split()], [kinds[name] for name in result.split()])

    def clock(self, _clock, _precision, out):
        self.memory.write(self.store, struct.pack("<Q", time.monotonic_ns()), out)
        return 0

    def call(self, name, *arguments):
        return self.instance.exports(self.store)[name](self.store, *arguments)

    def text(self, pointer):
        """The string there, which ends in 0."""
        text, end = b"", self.memory.data_len(self.store)
        while b"\0" not in text:
            at = pointer + len(text)
            text += self.memory.read(self.store, at, min(at + 256, end))
        return text[: text.index(b"\0")].decode()

    def document(self, pointer):
        return json.loads(self.text(pointer)) if pointer else None

    def copy(self, data):
        pointer = self.call("lt_wasm_alloc", len(data))
        assert pointer != 0
        self.memory.write(self.store, data, pointer)
        return pointer

    def check(self, status):
        assert status == STATUS_OK, self.text(self.call("lt_wasm_error", self.box))

    def load_model(self, data):
        self.check(self.call("lt_wasm_load_model", self.box, self.copy(data), len(data)))

    def classify(self, rgba, width, height):
        """The result's document, with logits; rgba: [height, width, 4] u8."""
        pixels = self.copy(rgba)
        self.check(self.call("lt_wasm_classify_rgba", self.box, pixels, width, height, PRIOR_DATA, *CENTRE))
        self.call("lt_wasm_free", pixels)
        return self.document(self.call("lt_wasm_result_json", self.box, 1))

    @property
    def kernels(self):
        """{name: operators} of the loaded model."""
        rows = self.document(self.call("lt_wasm_kernels_json", self.box))
        return {row["name"]: row["operators"] for row in rows}

"""Where the engine and LiteRT part: every tensor of a model by both, on one picture.

    python -m training.layers MODEL.tflite [--plain] [--all]

Prints the operators whose output differs although all that they read is the same; with --all those, too, that pass
a difference on. LiteRT is the interpreter as users have it, with its XNNPACK; with --plain without it. The picture is
one of those of `make models-table`, where a miss is found first; needs build/test/netrun.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

from training.others import PICTURES, draw, scaled, to_input

NETRUN = Path("build/test/netrun")
OPERATORS = {number: name for name, number in vars(schema.BuiltinOperator).items() if isinstance(number, int)}


class Model:
    """A file's graph, and the values of its computed tensors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = schema.ModelT.InitFromPackedBuf(path.read_bytes(), 0)
        self.graph = self.file.subgraphs[0]
        self.computed = {int(self.graph.inputs[0])}
        self.operators = [op for op in self.graph.operators if self._is_computed(op)]
        self.tensors = [int(op.outputs[0]) for op in self.operators]

    def _is_computed(self, operator: schema.OperatorT) -> bool:
        """Not so what is made of constants alone, which the engine does when it reads the file."""
        if self.computed.isdisjoint(map(int, operator.inputs)):
            return False
        self.computed.add(int(operator.outputs[0]))
        return True

    def name(self, operator: schema.OperatorT) -> str:
        """As the file format spells it."""
        code = self.file.operatorCodes[operator.opcodeIndex]
        return OPERATORS[max(code.builtinCode, code.deprecatedBuiltinCode)]

    def size(self, tensor: int) -> int:
        """Elements of a tensor."""
        shape = self.graph.tensors[tensor].shape
        return 1 if shape is None else int(np.prod(shape))

    def scale(self, tensor: int) -> float | None:
        """A step of its integers; None where it has real numbers."""
        about = self.graph.tensors[tensor]
        if about.type == schema.TensorType.FLOAT32 or about.quantization is None:
            return None
        return float(about.quantization.scale[0])

    def by_litert(self, values: np.ndarray, resolver: OpResolverType) -> list[np.ndarray]:
        """The tensors by the interpreter, real numbers or steps."""
        self.graph.outputs = np.array(self.tensors, np.int32)
        self.file.signatureDefs = None
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.file.Pack(builder), b"TFL3")
        interpreter = Interpreter(model_content=bytes(builder.Output()), experimental_op_resolver_type=resolver)
        interpreter.allocate_tensors()
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values[None])
        interpreter.invoke()
        return [self._steps(tensor, interpreter.get_tensor(tensor)) for tensor in self.tensors]

    def _steps(self, tensor: int, values: np.ndarray) -> np.ndarray:
        """As they stand, less the zero point."""
        flat = values.reshape(-1)
        if self.scale(tensor) is None:
            return flat
        return flat.astype(np.int32) - self.graph.tensors[tensor].quantization.zeroPoint[0]

    def by_engine(self, values: np.ndarray, netrun: Path) -> list[np.ndarray]:
        """The same by the engine, which prints real numbers."""
        if values.dtype == np.uint8:  # the engine has them 128 lower
            values = (values.astype(np.int16) - 128).astype(np.int8)
        command = [netrun, self.path, *map(str, self.tensors)]
        done = subprocess.run(command, input=values.tobytes(), capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr.decode())
        ends = np.cumsum([self.size(tensor) for tensor in self.tensors])
        parts = np.split(np.frombuffer(done.stdout, np.float32), ends[:-1])
        scales = [self.scale(tensor) for tensor in self.tensors]
        return [np.rint(part / scale) if scale else part for part, scale in zip(parts, scales, strict=True)]


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--picture", type=int, default=0, choices=range(PICTURES))
    parser.add_argument("--plain", action="store_true", help="LiteRT without its XNNPACK")
    parser.add_argument("--all", action="store_true", help="also what passes a difference on")
    parser.add_argument("--netrun", type=Path, default=NETRUN)
    args = parser.parse_args(arguments)
    model = Model(args.model)
    kernels = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES if args.plain else OpResolverType.BUILTIN
    interpreter = Interpreter(str(args.model))
    values = to_input(scaled(draw(args.picture + 1, 1))[args.picture], interpreter.get_input_details()[0])
    both = zip(model.by_engine(values, args.netrun), model.by_litert(values, kernels), strict=True)
    parted: set[int] = set()
    for number, (operator, (ours, theirs)) in enumerate(zip(model.operators, both, strict=True)):
        tensor = int(operator.outputs[0])
        count = int((ours != theirs).sum())
        inherits = not parted.isdisjoint(map(int, operator.inputs))
        if count == 0:
            continue
        parted.add(tensor)
        if inherits and not args.all:
            continue
        largest, scale = float(np.abs(ours - theirs).max()), model.scale(tensor)
        size = f"{round(largest)} steps" if scale else f"{largest:.1e} of {float(np.abs(theirs).max()):.1e}"
        print(
            f"{number:4} {model.name(operator):22} tensor {tensor:5} {count:8} of {ours.size:8} differ, {size}"
            f"{' (inherited)' if inherits else ''}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m lentigo.screen`: the command line of `run.py`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from lentigo.engine import Asked, Options, engine_version
from lentigo.errors import LentigoError

# Where `make install` puts the model, as the command line finds it.
INSTALLED = tuple(Path(prefix) / "share/lentigo/lesion.tflite" for prefix in (sys.prefix, "/usr/local", "/usr"))

WHITE = 255


def find_model() -> str | None:
    """The model where none is named: $LENTIGO_MODEL, else an installed one."""
    named = os.environ.get("LENTIGO_MODEL")
    return named or next((str(path) for path in INSTALLED if path.is_file()), None)


def positive(value: str) -> int:
    """A whole number from 1 on."""
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def pixel_range(value: str) -> tuple[float, float]:
    """Mean and std of the pixels of a network that takes black as the first number and white as the second."""
    low, high = map(float, value.split(","))
    if not low < high:
        raise ValueError
    std = WHITE / (high - low)
    return -low * std, std


def arguments() -> argparse.ArgumentParser:
    """The command's options."""
    parser = argparse.ArgumentParser(
        prog="python -m lentigo.screen",
        description="Classify an archive of photos with Ray Data. Run again, it goes on with what is missing. "
        "An aid for study, not a diagnosis.",
    )
    parser.add_argument(
        "source", nargs="+", help="folder, photo, Parquet file, or address of an object storage (s3://…)"
    )
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where the Parquet files with the answers go")
    parser.add_argument("--model", metavar="FILE", help="the model; else $LENTIGO_MODEL, else an installed one")
    parser.add_argument("--prior", choices=("data", "uniform"), default="data", help="how common the classes are")
    parser.add_argument("--labels", metavar="FILE", help="the model's classes, one a line, where its file names none")
    parser.add_argument("--range", metavar="LOW,HIGH", type=pixel_range, help="what black and white are to the network")
    parser.add_argument("--views", type=positive, default=1, metavar="N", help="take the mean over N views")
    parser.add_argument("--workers", type=positive, metavar="N", help="processes; by default one for each core")
    parser.add_argument("--address", help="of a Ray cluster, such as auto or ray://host:10001; by default this machine")
    parser.add_argument("--part", type=positive, metavar="N", default=None, help="photos of a part, 500 by default")
    parser.add_argument("--column", metavar="NAME", help="of Parquet files: the column with bytes or paths")
    parser.add_argument("--all", action="store_true", help="take every file of a folder, whatever its name ends in")
    parser.add_argument("--no-progress", action="store_true", help="no bar, on a terminal neither")
    parser.add_argument("--version", action="version", version=f"lentigo {engine_version()}")
    return parser


def main() -> int:
    """Run; the exit code is 0 where every photo has a row, be it with an error."""
    parser = arguments()
    args = parser.parse_args()
    model = args.model or find_model()
    if model is None:
        parser.error("which model? name it by --model or LENTIGO_MODEL")
    try:
        import ray  # noqa: F401 -- named here where it is missing
        from tqdm import tqdm  # noqa: F401

        from lentigo.screen.run import EACH, ScreenError, screen
        from lentigo.screen.source import SourceError
        from lentigo.screen.store import PlaceError
    except ImportError as missing:
        print(f"lentigo.screen: {missing}; pip install 'lentigo[screen]' brings what is missing", file=sys.stderr)
        return 1
    asked: Asked = {"prior": args.prior, "views": args.views}
    options: Options = {}
    if args.range:
        options["pixels"] = args.range
    try:
        if args.labels:
            options["labels"] = Path(args.labels).read_text(encoding="utf-8").splitlines()
        done = screen(
            args.source,
            args.out,
            model,
            workers=args.workers,
            address=args.address,
            each=args.part or EACH,
            column=args.column,
            all_files=args.all,
            progress=not args.no_progress,
            asked=asked,
            options=options,
        )
    except (ScreenError, SourceError, PlaceError, LentigoError, OSError) as wrong:
        print(f"lentigo.screen: {wrong}", file=sys.stderr)
        return 1
    rate = f", {done.photos / done.seconds:.0f} a second" if done.photos else ""
    print(f"{done.photos} photos in {done.seconds:.1f} s{rate}; {done.failed} without an answer", end="")
    print(f"; {done.done} were there already" if done.done else "", end="")
    print(f"; {done.others} files left out, no photos by their names" if done.others else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())

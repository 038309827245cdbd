"""An archive of many pictures by `lentigo.screen` with one worker and more, beside the plain command line.

    make bench-screen PICTURES=100000

The pictures are the repository's nine photographs, repeated under names of their own (hard links). Prints pictures a
second, and the most memory that all processes of a run held together: their proportional set sizes, which count what
several share once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow.parquet

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "model/lesion.tflite"
SAMPLES = sorted((ROOT / "web/samples").glob("*.jpg"))
IN_A_FOLDER = 1000
SAMPLE_SECONDS = 0.5


def make_archive(folder: Path, count: int) -> None:
    """So many pictures in folders of a thousand."""
    kept = folder / "samples"
    kept.mkdir()
    for number, sample in enumerate(SAMPLES):
        (kept / f"{number}.bytes").write_bytes(sample.read_bytes())
    for number in range(count):
        place = folder / f"archive/{number // IN_A_FOLDER:04d}"
        if number % IN_A_FOLDER == 0:
            place.mkdir(parents=True)
        (place / f"{number:07d}.jpg").hardlink_to(kept / f"{number % len(SAMPLES)}.bytes")


def parents() -> dict[int, int]:
    """The parent of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):  # it has ended
                continue
    return found


def below(root: int) -> set[int]:
    """A process and all that it started."""
    of, inside = parents(), {root}
    while more := {pid for pid, parent in of.items() if parent in inside} - inside:
        inside |= more
    return inside


def processor_ticks(pid: int) -> int:
    """Processor time that the process has taken, in the system's ticks."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def memory(pid: int) -> int:
    """Proportional set size, bytes; 0 where the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Watch:
    """Looks at memory and processor time of a process and its children as long as it runs."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.ended = pid, 0, threading.Event()
        self.ticks: dict[int, int] = {}
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self) -> None:
        while not self.ended.wait(SAMPLE_SECONDS):
            inside = below(self.pid)
            self.peak = max(self.peak, sum(map(memory, inside)))
            for pid in inside:
                self.ticks[pid] = max(self.ticks.get(pid, 0), processor_ticks(pid))

    def end(self) -> None:
        self.ended.set()
        self.thread.join()

    @property
    def processor_seconds(self) -> float:
        """Of all processes, as last seen."""
        return sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")


def measure(name: str, count: int, commands: list[list[str]], **options: object) -> None:
    """Run commands side by side, and print a line about them."""
    began = time.monotonic()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, text=True, **options) for command in commands]
    watches = [Watch(process.pid) for process in running]
    codes = [process.wait() for process in running]
    seconds = time.monotonic() - began
    for watch in watches:
        watch.end()
    held, busy = sum(watch.peak for watch in watches), sum(watch.processor_seconds for watch in watches)
    if any(codes):
        raise SystemExit(f"{name}: exit codes {codes}")
    row = (name, f"{count / seconds:.0f}", f"{seconds:.1f}", f"{busy:.1f}", f"{held / 2**20:.0f}")
    print(f"| {' | '.join(row)} |", flush=True)


def command_lines(folder: Path, processes: int) -> list[list[str]]:
    """The command line on lists of the same length, one for each process."""
    files = sorted((folder / "archive").rglob("*.jpg"))
    words = []
    for number in range(processes):
        listed = folder / f"list-{number}"
        listed.write_text("".join(f"{file}\0" for file in files[number::processes]))
        line = f"exec '{ROOT}/build/lentigo' classify --csv -0 --model '{MODEL}' < '{listed}'"
        words.append(["sh", "-c", line])
    return words


def rows(out: Path) -> int:
    """Rows of a run's answers."""
    return sum(pyarrow.parquet.read_metadata(file).num_rows for file in out.glob("answers-*.parquet"))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="*", help="by default 1, 2, 4, … up to the cores")
    args = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    numbers = args.workers or sorted({*(2**k for k in range(cores.bit_length()) if 2**k <= cores), cores})
    with tempfile.TemporaryDirectory(prefix="lentigo-bench-") as name:
        folder = Path(name)
        make_archive(folder, args.pictures)
        load = os.getloadavg()[0]
        print(f"{args.pictures} pictures, {len(SAMPLES)} of them different; {cores} cores, load {load:.1f}\n")
        print("| | pictures a second | seconds | of the processors | memory, MiB |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for workers in numbers:
            several = "process" if workers == 1 else "processes"
            measure(f"command line, {workers} {several}", args.pictures, command_lines(folder, workers))
        for workers in numbers:
            out = folder / f"out-{workers}"
            words = [sys.executable, "-m", "lentigo.screen", str(folder / "archive"), "--out", str(out)]
            words += ["--model", str(MODEL), "--workers", str(workers), "--no-progress"]
            measure(f"screen, {workers} worker{'s' * (workers > 1)}", args.pictures, [words])
            if rows(out) != args.pictures:
                raise SystemExit(f"{rows(out)} rows for {args.pictures} pictures")


if __name__ == "__main__":
    main()

"""Fuzzes the engine, and keeps what it learned.

    fuzz.py run --seconds 600 [TARGET...]   fuzz each target so long, and print the figures
    fuzz.py keep [TARGET...]                the fewest inputs that reach all that was reached, into corpus/
    fuzz.py coverage                        print the lines that the corpus reaches, by file

Works in build/fuzz, whose inputs stay from run to run; `make fuzz` builds the programs first. What breaks a promise, a
sanitizer's rule or a limit is left there as findings/TARGET-….
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/fuzz"
CORPUS = HERE / "corpus"

# Longest input a target is given, bytes: the seeds are a little shorter.
LONGEST = {
    "photo": 4096,
    "png": 4096,
    "dicom": 4096,
    "inflate": 2048,
    "colour": 4096,
    "model": 12288,
    "meta": 4096,
    "atlas": 2048,
    "catalog": 4096,
}

# Longest input that is kept in the repository, bytes.
LONGEST_KEPT = 1600

# One input may take so long and all of them so much memory: far above what the slowest take.
SLOWEST_SECONDS = 60
MOST_MEGABYTES = 2048


def folders(target):
    working, findings = BUILD / "inputs" / target, BUILD / "findings"
    working.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    return working, findings


def options(target):
    return [
        f"-max_len={LONGEST[target]}",
        f"-timeout={SLOWEST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-artifact_prefix={BUILD}/findings/{target}-",
    ]


def fuzz(target, seconds):
    """Fuzzes one target; returns a line of the table, and whether it found nothing."""
    working, _ = folders(target)
    log = BUILD / f"{target}.log"
    sources = [str(path) for path in (working, CORPUS / target, BUILD / "seeds" / target) if path.is_dir()]
    command = [str(BUILD / target), f"-max_total_time={seconds}", "-print_final_stats=1", *options(target), *sources]
    with log.open("w") as out:
        status = subprocess.run(command, cwd=ROOT, stdout=out, stderr=out, check=False).returncode
    text = log.read_text(errors="replace")
    executions = re.findall(r"number_of_executed_units: (\d+)", text)
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", text)
    edges, features, inputs = reached[-1] if reached else ("?", "?", "?")
    found = "none" if status == 0 else re.findall(r"SUMMARY: (.*)", text)[-1:] or f"status {status}"
    count = int(executions[-1]) if executions else 0
    return f"| {target} | {seconds} s | {count:,} | {edges} | {features} | {inputs} | {found} |", status == 0


def run(targets, seconds):
    lines, fine = [], True
    for target in targets:
        print(f"fuzzing {target} for {seconds} s", flush=True)
        line, clean = fuzz(target, seconds)
        lines.append(line)
        fine = fine and clean
    print("| target | time | executions | edges reached | features | inputs kept | found |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    print("\n".join(lines))
    return 0 if fine else 1


def keep(targets):
    for target in targets:
        working, _ = folders(target)
        fewest, candidates = BUILD / "fewest" / target, BUILD / "candidates" / target
        for folder in (fewest, candidates):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for source in (CORPUS / target, working, BUILD / "seeds" / target):
            for path in source.iterdir() if source.is_dir() else ():
                if path.stat().st_size <= LONGEST_KEPT:
                    shutil.copy(path, candidates / path.name)
        # By edges alone: how often each is passed would keep three times as many.
        command = [str(BUILD / target), "-set_cover_merge=1", "-use_counters=0", *options(target)]
        result = subprocess.run(
            [*command, str(fewest), str(candidates)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if result.returncode != 0:
            sys.exit(f"{target}: {result.stderr[-2000:]}")
        shutil.rmtree(CORPUS / target, ignore_errors=True)
        shutil.copytree(fewest, CORPUS / target)
        files = list((CORPUS / target).iterdir())
        print(f"{target}: {len(files)} inputs, {sum(path.stat().st_size for path in files):,} bytes")
    return 0


def coverage():
    folder = ROOT / "build/coverage"
    program, profile, raw = folder / "test_corpus", folder / "corpus.profdata", folder / "corpus.profraw"
    subprocess.run([program], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env={"LLVM_PROFILE_FILE": str(raw)})
    subprocess.run(["llvm-profdata-19", "merge", "-o", profile, raw], check=True)
    report = ["llvm-cov-19", "export", "-summary-only", f"-instr-profile={profile}", program]
    files = json.loads(subprocess.run(report, check=True, capture_output=True).stdout)["data"][0]["files"]
    print("| file | lines | reached |")
    print("| --- | ---: | ---: |")
    rooms = {}
    for file in files:
        path, lines = Path(file["filename"]), file["summary"]["lines"]
        if not path.is_relative_to(ROOT / "src") or lines["covered"] == 0:
            continue
        name = path.relative_to(ROOT).as_posix()
        print(f"| {name} | {lines['count']} | {lines['percent']:.1f} % |")
        room = rooms.setdefault(path.parent.relative_to(ROOT).as_posix(), [0, 0])
        room[0] += lines["count"]
        room[1] += lines["covered"]
    for name, (count, covered) in rooms.items():
        print(f"| all of these in {name} | {count} | {100 * covered / count:.1f} % |")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["run", "keep", "coverage"])
    parser.add_argument("targets", nargs="*", help="all where none is named")
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_intermixed_args()
    unknown = set(arguments.targets) - set(LONGEST)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(LONGEST)}")
    targets = arguments.targets or list(LONGEST)
    if arguments.what == "run":
        return run(targets, arguments.seconds)
    return keep(targets) if arguments.what == "keep" else coverage()


if __name__ == "__main__":
    sys.exit(main())

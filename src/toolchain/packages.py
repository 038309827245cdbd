"""Installs the Debian packages of the named groups that are missing: packages.py GROUP...

Which group needs what is in packages.txt. Nothing present is touched.
"""

import importlib.util
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from common import HERE, die, run, say

TABLE = HERE / "packages.txt"


def rows(groups):
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            group, package, probes = line.split()
            if group in groups:
                yield package, probes


def found(probe):
    if probe.startswith("/"):
        return Path(probe).exists()
    if probe.startswith("python:"):
        return importlib.util.find_spec(probe.removeprefix("python:"))
    if probe.startswith("header:"):
        return (Path(sysconfig.get_path("include")) / probe.removeprefix("header:")).is_file()
    return shutil.which(probe)


def present(probes):
    return any(found(probe) for probe in probes.split("|"))


def install(packages):
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        die(f"missing: {' '.join(packages)}", f"as root: {' '.join(command)}")
    say(f"installing with apt: {' '.join(packages)}")
    options = ["-o", "DPkg::Lock::Timeout=300"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "-qq", "-o", "APT::Update::Error-Mode=any", *options, "update"]
    status, output = run(update, env=environment)
    if status != 0:
        say("the package index could not be refreshed; trying with the one there")
    status, output = run([*command, *options], env=environment)
    if status != 0:
        errors = [line for line in output.splitlines() if line.startswith("E: ")]
        die(
            f"apt-get failed: {(errors or ['no reason given'])[-1]}",
            f"check the network, then run: {' '.join(command)}",
        )


def main(groups):
    missing = [package for package, probes in rows(groups) if not present(probes)]
    if missing:
        install(missing)


if __name__ == "__main__":
    main(sys.argv[1:])

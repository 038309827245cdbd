"""Fetches the files named in pins.txt from the Debian archive, suite trixie.

The machine's own suite (bookworm) has older versions. So a second apt state,
apart from the system's, reads the machine's own source list with its suite
turned into trixie; nothing is installed from it.
"""

import platform
import re
from pathlib import Path

from common import cache_dir, die, locked, need, pins, run, say, sha256

SUITE = "trixie"
NETWORK = "check the network connection (and apt's proxy settings), then run make again"


def stanzas(text):
    """The stanzas of a deb822 file as dicts with lower-case keys."""
    for block in re.split(r"\n\s*\n", text):
        fields, key = {}, None
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1].isspace() and key:
                fields[key] += "\n" + line
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if fields:
            yield fields


def from_deb822(text, codename):
    """The main archive's entry of a *.sources file for SUITE, or None."""
    for entry in stanzas(text):
        ours = (
            "deb" in entry.get("types", "").split()
            and codename in entry.get("suites", "").split()
            and "main" in entry.get("components", "").split()
            and entry.get("enabled", "yes").lower() != "no"
            and is_debian_key(entry.get("signed-by", ""))
        )
        if ours:
            signed = f"Signed-By: {entry['signed-by']}\n" if "signed-by" in entry else ""
            return f"Types: deb deb-src\nURIs: {entry['uris'].split()[0]}\nSuites: {SUITE}\nComponents: main\n{signed}"
    return None


def from_one_line(text, codename):
    """The same for a *.list file."""
    pattern = re.compile(r"^deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$")
    for line in text.splitlines():
        found = pattern.match(line.split("#")[0].strip())
        if not found:
            continue
        options, uri, suite, components = found.groups()
        signed = re.search(r"signed-by=(\S+)", options or "")
        if suite != codename or "main" not in components.split():
            continue
        if is_debian_key(signed.group(1) if signed else ""):
            key = f"Signed-By: {signed.group(1)}\n" if signed else ""
            return f"Types: deb deb-src\nURIs: {uri}\nSuites: {SUITE}\nComponents: main\n{key}"
    return None


def is_debian_key(signed_by):
    """Third-party archives carry a key of their own; Debian's names itself or none."""
    return signed_by == "" or "debian-archive" in signed_by


def source_entry():
    """The deb822 text of the main archive, taken from the machine's own sources."""
    release = platform.freedesktop_os_release()
    codename = release.get("VERSION_CODENAME", "")
    if release.get("ID") != "debian" or not codename:
        die("this is not a Debian machine", "run set-up on Debian 12, or in a container of it")
    etc = Path("/etc/apt")
    lists = [etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))]
    files = [(path, from_one_line) for path in lists]
    files += [(path, from_deb822) for path in sorted(etc.glob("sources.list.d/*.sources"))]
    for path, reader in files:
        if path.is_file():
            entry = reader(path.read_text(), codename)
            if entry:
                return entry
    return die("apt's source list names no Debian main archive", f"add '{codename} main' to it")


def apt_state():
    """Makes the second apt state; returns the options that point apt at it."""
    root = cache_dir() / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "sources"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "sources" / f"{SUITE}.sources").write_text(source_entry())
    settings = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": root / "sources",
        "Dir::State::Lists": root / "lists",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": root / "cache",
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
    }
    return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]


def apt(options, arguments, folder):
    return run([need("apt-get", "apt"), "-qq", *options, *arguments], cwd=folder)


def matching(pin, folder):
    """The downloaded file of a pin, whatever its checksum, or None."""
    pattern = f"{pin.name}_{pin.version}.orig.tar.*" if pin.kind == "source" else f"{pin.name}_*.deb"
    return next((path for path in sorted(folder.glob(pattern)) if path.suffix != ".asc"), None)


def good(pin, folder):
    path = matching(pin, folder)
    return path is not None and sha256(path) == pin.sha256


def download(pin, options, folder):
    """Lets apt bring one file; returns apt's output.

    The exit status says nothing for source packages: apt also wants the .dsc,
    which some mirrors do not serve. Only the checksum decides.
    """
    stale = matching(pin, folder)
    if stale:
        stale.unlink()
    if pin.kind == "source":
        return apt(options, ["source", "--download-only", pin.name], folder)[1]
    return apt(options, ["download", f"{pin.name}={pin.version}"], folder)[1]


def fetch(names):
    """Paths of the pinned files, by name, downloading those not in the cache yet."""
    table, folder = pins(), cache_dir() / "downloads"
    folder.mkdir(exist_ok=True)
    unknown = [name for name in names if name not in table]
    if unknown:
        die(f"pins.txt has no {unknown[0]} for this machine's processor", "add it there")
    with locked("archive"):
        wanted = [table[name] for name in names if not good(table[name], folder)]
        if wanted:
            fetch_missing(wanted, folder)
    return {name: matching(table[name], folder) for name in names}


def fetch_missing(wanted, folder):
    options = apt_state()
    say(f"reading the {SUITE} package index")
    status, output = apt(options, ["update"], folder)
    if status != 0:
        die(f"no package index: {last_error(output)}", NETWORK)
    for pin in wanted:
        say(f"fetching {pin.name} {pin.version}")
        output = download(pin, options, folder)
        if pin.kind == "runtime" and not matching(pin, folder):
            say(f"the archive has another {pin.name} by now; taking it, checked against Debian's index")
            output = apt(options, ["download", pin.name], folder)[1]
            require(pin, folder, output)
        else:
            check(pin, folder, output)


def require(pin, folder, output):
    """The downloaded file of a pin; the program ends where there is none."""
    path = matching(pin, folder)
    if path is None:
        gone = "was not found" in output or "Unable to find a source" in output
        remedy = "the archive moved on: put its version into src/toolchain/pins.txt"
        die(f"no {pin.name} {pin.version}: {last_error(output)}", remedy if gone else NETWORK)
    return path


def check(pin, folder, output):
    path = require(pin, folder, output)
    actual = sha256(path)
    if actual != pin.sha256:
        path.unlink()
        die(
            f"{path.name} has the wrong checksum: sha256 {actual}, pinned {pin.sha256}",
            "it was deleted; run make again, and if it stays wrong do not trust the mirror",
        )


def last_error(output):
    errors = [line[3:] for line in output.splitlines() if line.startswith("E: ")]
    return errors[0] if errors else "apt gave no reason"

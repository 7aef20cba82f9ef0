"""Results are known by their ending and by their first key."""

import pathlib
import shutil
import tempfile

from package import SHARE, fail, need, run

need("update-mime-database")
with tempfile.TemporaryDirectory() as name:
    database = pathlib.Path(name)
    shutil.copytree(SHARE / "mime/packages", database / "packages")
    run("update-mime-database", database)
    if "60:application/x-initlens+json:*.initlens.json\n" not in (database / "globs2").read_text():
        fail("the ending is not in the database")
    if b"[60:application/x-initlens+json]" not in (database / "magic").read_bytes():
        fail("the first key is not in the database")
    subclasses = (database / "subclasses").read_text()
    if "application/x-initlens+json application/json" not in subclasses:
        fail(f"results are no JSON: {subclasses}")

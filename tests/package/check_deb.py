"""Makes the Debian package, compares its files and fields, unpacks it and runs the program; also
installs it with dpkg into a root of its own, as root or with fakeroot, and removes it again."""

import os
import pathlib
import re
import tempfile

from package import (BUILD, FILES, HAS_WINDOW, check_program, expect, fail, files_below, need, run)


def make_package(folder):
    run(os.environ["INITLENS_CPACK"], "--config", BUILD / "CPackConfig.cmake", "-G", "DEB",
        "-B", folder)
    packages = list(folder.glob("*.deb"))
    expect("number of packages", len(packages), 1)
    return packages[0]


def check_contents(package):
    files = set()
    for line in run("dpkg-deb", "--contents", package).splitlines():
        mode, owner, _size, _date, _time, name = line.split(maxsplit=5)
        expect(f"owner of {name}", owner, "root/root")
        executable = name.endswith("/") or name == "./usr/bin/initlens"
        expect(f"mode of {name}", mode[1:], "rwxr-xr-x" if executable else "rw-r--r--")
        if not name.endswith("/"):
            files.add(name.removeprefix("./"))
    expect("files of the package", sorted(files), sorted(FILES))


def check_fields(package):
    def field(name):
        return run("dpkg-deb", "--field", package, name).strip()

    expect("package", field("Package"), "initlens")
    expect("version", f"initlens {field('Version')}",
           run(BUILD / "app/initlens", "--version").strip())
    expect("architecture", field("Architecture"), run("dpkg", "--print-architecture").strip())
    depends = field("Depends")
    wanted = ["libc6", "libstdc++6", "libtbb12", "libopenblas0"]
    wanted += ["libqt6widgets6", "libqt6svg6", "libqcustomplot"] if HAS_WINDOW else []
    for name in wanted:
        if not re.search(rf"(^|, ){re.escape(name)}", depends):
            fail(f"the package does not depend on {name}: {depends}")


def install_and_remove(package, folder):
    """With dpkg's own book-keeping; of dependencies that root knows nothing."""
    as_root = [] if os.geteuid() == 0 else ["fakeroot"]
    root = folder / "system"
    book = root / "var/lib/dpkg"
    (book / "updates").mkdir(parents=True)
    (book / "info").mkdir()
    (book / "status").touch()
    dpkg = [*as_root, "dpkg", f"--root={root}", "--force-not-root", "--force-depends"]
    run(*dpkg, "--install", package)
    check_program(root / "usr/bin/initlens", folder)
    listed = run("dpkg", f"--root={root}", "--listfiles", "initlens").splitlines()
    expect("files that dpkg lists", FILES - {name.lstrip("/") for name in listed}, set())
    run(*dpkg, "--purge", "initlens")
    expect("files left behind", {name for name in files_below(root) if name.startswith("usr")},
           set())


def main():
    need("dpkg-deb", "dpkg-shlibdeps", "readelf")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        package = make_package(folder)
        check_contents(package)
        check_fields(package)
        run("dpkg-deb", "--extract", package, folder / "unpacked")
        check_program(folder / "unpacked/usr/bin/initlens", folder)
        if os.geteuid() != 0:
            need("fakeroot")
        install_and_remove(package, folder)
        print(package.name)


main()

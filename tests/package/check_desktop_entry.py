"""The desktop entry is valid, and what it names is installed."""

import configparser
import xml.etree.ElementTree as tree

from package import ROOT, SHARE, expect, fail, need, run

file = SHARE / "applications/initlens.desktop"
parser = configparser.ConfigParser(interpolation=None)
parser.optionxform = str
parser.read(file)
entry = parser["Desktop Entry"]
expect("Exec", entry["Exec"], "initlens %F")
for path in (ROOT / "usr/bin" / entry["TryExec"],
             SHARE / f"icons/hicolor/scalable/apps/{entry['Icon']}.svg"):
    if not path.is_file():
        fail(f"the desktop entry names {path.name}, which is not installed")
types = {element.get("type") for element in tree.parse(SHARE / "mime/packages/initlens.xml")
         .iter("{http://www.freedesktop.org/standards/shared-mime-info}mime-type")}
expect("MIME types", {name for name in entry["MimeType"].split(";") if name}, types)
need("desktop-file-validate")
expect("what desktop-file-validate says", run("desktop-file-validate", file), "")

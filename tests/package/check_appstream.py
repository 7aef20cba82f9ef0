"""The AppStream file is valid, beside the desktop entry that it names."""

import xml.etree.ElementTree as tree

from package import SHARE, expect, fail, need, run

file = SHARE / "metainfo/org.initlens.initlens.metainfo.xml"
component = tree.parse(file).getroot()
for name in ("id", "name", "summary", "metadata_license", "project_license", "description",
             "launchable", "content_rating"):
    if component.find(name) is None:
        fail(f"{file.name} has no <{name}>")
expect("id", f"{component.findtext('id')}.metainfo.xml", file.name)
if not (SHARE / "applications" / component.findtext("launchable")).is_file():
    fail("it names a desktop entry that is not installed")
need("appstreamcli")
print(run("appstreamcli", "validate-tree", "--no-net", SHARE.parent))

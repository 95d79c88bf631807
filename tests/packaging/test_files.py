import configparser
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_spec_makes_the_command_that_the_project_promises(folder, project):
    (command,) = project["scripts"]
    spec = (folder / "starling.spec").read_text(encoding="utf-8")
    assert spec.count(f'name="{command}"') == 2
    assert '"explorer/resources"' in spec
    compile(spec, "starling.spec", "exec")


def test_the_built_program_starts_where_the_command_does(folder, project):
    module, function = project["scripts"]["starling"].split(":")
    assert f"from {module} import {function}" in (folder / "entry.py").read_text(encoding="utf-8")


def test_the_desktop_entry_runs_the_command_on_files(folder, project):
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(folder / "linux" / "starling.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"] == "starling %F"
    assert "starling" in project["scripts"]
    assert (ROOT / "resources" / "icons" / f"{desktop['Icon']}.svg").exists()


def test_the_licence_is_the_whole_gpl(folder, project):
    text = (folder / "LICENSE").read_text(encoding="utf-8")
    assert project["license-files"] == ["packaging/LICENSE"]
    assert "Version 3, 29 June 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_changelog_has_a_place_for_what_comes(folder):
    assert "## [Unreleased]" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_can_be_tinted(path):
    root = ElementTree.parse(path).getroot()
    assert root.get("viewBox")
    if path.stem != "starling":
        assert root.get("stroke") == "currentColor"


def test_the_icons_carry_their_licence():
    assert "ISC License" in (ROOT / "resources/icons/LICENSE").read_text(encoding="utf-8")

import re

import pytest


@pytest.fixture
def libraries(script):
    return script("libraries")


DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = "NAME=Fedora\nID=fedora\n"
ROCKY = 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'


@pytest.mark.parametrize("text", [DEBIAN, UBUNTU, MINT])
def test_debian_and_its_descendants_are_recognised(libraries, text):
    assert libraries.debian(text)


@pytest.mark.parametrize("text", [FEDORA, ROCKY, "", "nonsense", "PRETTY_NAME=like debian"])
def test_other_systems_are_not_taken_for_debian(libraries, text):
    assert not libraries.debian(text)


def test_the_sentence_is_one_line_that_can_be_copied(libraries):
    line = libraries.sentence(libraries.packages(libraries.PACKAGES))
    assert re.fullmatch(r"sudo apt-get install -y [a-z0-9.+ -]+", line)


def test_a_package_is_named_once_however_many_of_its_libraries_are_missing(libraries):
    missing = ["libgthread-2.0.so.0", "libglib-2.0.so.0", "libEGL.so.1"]
    assert libraries.packages(missing) == ["libegl1", "libglib2.0-0"]


def test_a_library_that_no_package_is_known_for_is_named_itself(libraries):
    assert libraries.packages(["libnew.so.9"]) == ["libnew.so.9"]


def test_only_what_does_not_load_is_missing(libraries):
    assert libraries.missing_libraries(lambda name: name != "libEGL.so.1") == ["libEGL.so.1"]


def test_a_library_that_does_not_exist_does_not_load(libraries):
    assert not libraries.loads("libsurelynot.so.77")


FONTS = ["dejavusans.ttf", "notosanscjk-regular.ttc", "notocoloremoji.ttf"]


def test_a_machine_without_fonts_wants_three(libraries):
    wanted = ["fonts-dejavu-core", "fonts-noto-cjk", "fonts-noto-color-emoji"]
    assert libraries.missing_fonts([]) == wanted


def test_a_machine_with_latin_chinese_and_emoji_wants_none(libraries):
    assert libraries.missing_fonts(FONTS) == []


def test_a_machine_without_chinese_wants_it(libraries):
    assert libraries.missing_fonts([FONTS[0], FONTS[2]]) == ["fonts-noto-cjk"]


def test_a_machine_without_emoji_wants_them(libraries):
    assert libraries.missing_fonts(FONTS[:2]) == ["fonts-noto-color-emoji"]


@pytest.fixture
def debian_without_egl(libraries, monkeypatch):
    """A Debian machine that lacks one library; returns the list of what apt was asked for."""
    asked = []
    lacking = {"libEGL.so.1"}

    def install(wanted):
        asked.append(list(wanted))
        lacking.clear()
        return True

    monkeypatch.setattr(libraries.sys, "platform", "linux")
    monkeypatch.setattr(libraries, "on_debian", lambda: True)
    monkeypatch.setattr(
        libraries, "missing_packages", lambda _tools=(): libraries.packages(lacking)
    )
    monkeypatch.setattr(libraries, "font_files", lambda: FONTS)
    monkeypatch.setattr(libraries, "apt_install", install)
    return asked


def test_root_gets_what_is_missing(libraries, debian_without_egl, monkeypatch, capsys):
    monkeypatch.setattr(libraries, "may_install", lambda: True)
    assert libraries.prepare() == []
    assert debian_without_egl == [["libegl1"]]
    assert "sudo" not in capsys.readouterr().out


def test_others_are_told_the_one_line(libraries, debian_without_egl, monkeypatch, capsys):
    monkeypatch.setattr(libraries, "may_install", lambda: False)
    assert libraries.prepare() == ["libegl1"]
    assert debian_without_egl == []
    assert "  sudo apt-get install -y libegl1\n" in capsys.readouterr().out


def test_a_machine_that_has_everything_hears_nothing(
    libraries, debian_without_egl, monkeypatch, capsys
):
    monkeypatch.setattr(libraries, "missing_packages", lambda _tools=(): [])
    assert libraries.prepare() == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_only_linux_lacks_libraries(libraries, monkeypatch, platform):
    monkeypatch.setattr(libraries.sys, "platform", platform)
    monkeypatch.setattr(libraries, "missing_packages", lambda _tools=(): ["libegl1"])
    assert libraries.prepare() == []
    assert not libraries.may_install()


def test_unresolved_libraries_are_read_from_the_loader(libraries, tmp_path, monkeypatch):
    told = "\tlibGL.so.1 => /lib/libGL.so.1 (0x0)\n\tlibxcb-cursor.so.0 => not found\n"
    done = type("Done", (), {"stdout": told})
    monkeypatch.setattr(libraries.sys, "platform", "linux")
    monkeypatch.setattr(libraries.shutil, "which", lambda _name: "/usr/bin/ldd")
    monkeypatch.setattr(libraries.subprocess, "run", lambda *_a, **_k: done)
    plugin = tmp_path / "libqxcb.so"
    plugin.touch()
    assert libraries.unresolved([plugin]) == ["libxcb-cursor.so.0"]
    assert libraries.unresolved([tmp_path / "gone.so"]) == []

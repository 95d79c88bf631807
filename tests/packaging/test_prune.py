import pytest

BINARIES = [
    ("libpython3.11.so.1.0", "/lib/libpython3.11.so.1.0", "BINARY"),
    ("numpy/core.so", "/site/numpy/core.so", "EXTENSION"),
    ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qt/libqxcb.so", "BINARY"),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/qt/libqgtk3.so", "BINARY"),
    ("PySide6/Qt/lib/libQt6Core.so.6", "/qt/libQt6Core.so.6", "BINARY"),
    ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ("PySide6/Qt/lib/libQt6EglFS.so.6", "/qt/libQt6EglFS.so.6", "BINARY"),
    ("libQt6EglFS.so.6", "PySide6/Qt/lib/libQt6EglFS.so.6", "SYMLINK"),
    ("libxcb.so.1", "/lib/libxcb.so.1", "BINARY"),
    ("libgtk-3.so.0", "/lib/libgtk-3.so.0", "BINARY"),
]
LOADS = {
    "/qt/libqxcb.so": [("libxcb.so.1", "/lib/libxcb.so.1"), ("libQt6Core.so.6", None)],
    "/qt/libqgtk3.so": [("libgtk-3.so.0", "/lib/libgtk-3.so.0")],
}


@pytest.fixture
def names(script):
    kept = script("prune").pruned(BINARIES, lambda path: LOADS.get(path, []))
    return [entry[0] for entry in kept]


def test_a_needless_plugin_goes_with_the_libraries_only_it_loads(names):
    assert "PySide6/Qt/plugins/platformthemes/libqgtk3.so" not in names
    assert "libgtk-3.so.0" not in names


def test_what_a_kept_plugin_loads_stays(names):
    assert "libxcb.so.1" in names
    assert "PySide6/Qt/lib/libQt6Core.so.6" in names


def test_extensions_and_python_itself_stay_though_nobody_links_to_them(names):
    assert "numpy/core.so" in names
    assert "libpython3.11.so.1.0" in names


def test_no_link_is_left_without_its_file(names):
    assert "libQt6Core.so.6" in names
    assert "libQt6EglFS.so.6" not in names

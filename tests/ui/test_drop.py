import pytest
from PySide6.QtCore import QMimeData, QUrl

from explorer.errors import SourceError
from explorer.ui.drop import droppable, dropped


def data(*urls):
    made = QMimeData()
    made.setUrls([QUrl(url) for url in urls])
    return made


def test_local_files_become_paths_with_spaces_and_chinese(tmp_path):
    path = tmp_path / "推特 users.csv"
    made = data(QUrl.fromLocalFile(str(path)).toString())
    assert droppable(made)
    assert dropped(made) == (path,)


def test_a_web_link_is_named_and_refused():
    with pytest.raises(SourceError, match=r"link to example\.org"):
        dropped(data("https://example.org/a.zip"))


def test_text_is_not_taken(qapp):
    made = QMimeData()
    made.setText("hello")
    assert not droppable(made)

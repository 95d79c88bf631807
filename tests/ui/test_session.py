from explorer.document import edits
from explorer.ui.session import Session
from explorer.ui.settings import Memory, Settings


def test_the_state_is_whole_before_anyone_hears_of_it(qtbot, graph):
    session, seen = Session(), []
    session.changed.connect(lambda doc, what: seen.append((doc is session.document, what)))
    session.commit("Open", edits.load(graph))
    session.commit("All", edits.select_all(session.document))
    session.undo()
    assert [whole for whole, _ in seen] == [True, True, True]
    assert seen[1][1] == {"selected"} == seen[2][1]


def test_committing_the_same_document_is_no_step(qtbot, graph):
    session = Session()
    with qtbot.assertNotEmitted(session.changed):
        session.commit("Nothing", session.document)
    assert not session.history.past


def test_settings_come_back_in_their_type_and_recent_is_newest_first():
    settings = Settings(Memory())
    settings["seed"] = "12"
    assert settings["seed"] == 12
    settings["seed"] = "twelve"
    assert settings["seed"] == 7
    for entry in ("a", "b", "a"):
        settings.opened(entry)
    assert settings.recent == ("a", "b")

"""A whole journey through the window: open, lay out, select, export, save, open again, ask."""

import sys
from pathlib import Path

from explorer.app import application, build
from explorer.assets import sample
from explorer.ui.settings import Memory, Settings


def until(app, true):
    while not true():
        app.processEvents()


def laid_out(document):
    return document.placing.layout and document.placing.complete


def main(folder):
    app = application()
    window = build(Settings(Memory()))
    commands, desk = window.commands, window.commands.desk
    desk.ask.save_path = lambda *_: folder / "a.starling"
    desk.ask.save_changes = lambda _: "discard"
    window.show()
    commands.file.keep_journal()
    commands.file.open((sample(),))
    until(app, lambda: laid_out(desk.document) and not desk.facts.busy)
    commands.select.core()
    commands.view.node_size(1.5)
    commands.file.sessions.journal.write()
    until(app, lambda: commands.file.sessions.journal._written is not None)
    for ending in ("png", "svg", "pdf"):
        commands.figure.write(folder / f"a.{ending}", (800, 600), True)
        until(app, lambda: not desk.facts.busy)
    commands.figure.copy_picture()
    until(app, lambda: not desk.facts.busy)
    commands.file.save()
    until(app, lambda: (folder / "a.starling").exists() and not desk.facts.busy)
    commands.file.open((folder / "a.starling",))
    until(app, lambda: not desk.facts.busy)
    commands.select.one(0, "replace")
    until(app, lambda: window.side.account.has_posts)
    window.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Every action: its place, its keys, when it can be used, and what it calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ui.commands import Commands
    from explorer.ui.desk import Facts

    Run: TypeAlias = Callable[[Commands], None]
    Test: TypeAlias = Callable[[Facts], bool]


def always(_: Facts) -> bool:
    """Whatever the facts."""
    return True


def graph(facts: Facts) -> bool:
    """If an archive is open."""
    return facts.has_graph


def some(facts: Facts) -> bool:
    """If anything is selected."""
    return facts.selected > 0


def two(facts: Facts) -> bool:
    """If two accounts or more are selected."""
    return facts.selected > 1


def three(facts: Facts) -> bool:
    """If three accounts or more are selected."""
    return facts.selected > 2


@dataclass(frozen=True, slots=True)
class Action:
    """One row.

    Attributes
    ----------
    id
        Stable name, used by settings and tests.
    menu
        Title of the menu; a new ``group`` number draws a separator.
    title
        What the menu says; ``{undo}`` and the like are filled in from the facts.
    run
        A verb of Commands.
    keys
        Shortcuts, the first one shown.
    checked
        Whether it is ticked; None for what cannot be.
    """

    id: str
    menu: str
    group: int
    title: str
    run: Run
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    enabled: Test = always
    checked: Test | None = None


def recalled(place: int) -> Action:
    """Return the row that selects a named selection; Ctrl+9 fits the selection, so eight have keys."""
    keys = (f"Ctrl+{place + 1}",) if place < 8 else ()
    return Action(
        f"select.named{place + 1}", "Select", 9, f"Recall {{name{place + 1}}}",
        lambda c: c.names.recall(place), keys, enabled=lambda f: len(f.named) > place,
    )  # fmt: skip


ACTIONS = (
    Action("file.open", "File", 0, "Open…", lambda c: c.file.open_files(), ("Ctrl+O",), "folder-open",
           "Open a session, or the files of an archive: CSV or zip, several at once"),
    Action("file.folder", "File", 0, "Open folder…", lambda c: c.file.open_folder(), ("Ctrl+Alt+O",)),
    Action("file.mapping", "File", 0, "Open with mapping…", lambda c: c.tables.open_files(), ("Ctrl+Shift+O",),
           tip="Open a table, and say which of its columns are source and target"),
    Action("file.sample", "File", 0, "Open the sample", lambda c: c.file.open_sample(),
           tip="A small simulated archive, to try things on"),
    Action("file.save", "File", 3, "Save", lambda c: c.file.save(), ("Ctrl+S",), "save",
           "Save all of this as a session; the last three versions are kept as NAME.starling.1~ to 3~", graph),
    Action("file.save_as", "File", 3, "Save as…", lambda c: c.file.save_as(), ("Ctrl+Shift+S",), enabled=graph),
    Action("file.save_posts", "File", 3, "Save with posts…", lambda c: c.file.save_with_posts(),
           tip="Put the posts into the session too, so that it can be asked for them on another computer", enabled=graph),
    Action("file.recover", "File", 3, "Recover unsaved work", lambda c: c.file.recover(),
           tip="Open what was saved by itself before Starling ended unexpectedly"),
    Action("file.receipt", "File", 1, "Receipt", lambda c: c.file.show_receipt(), ("Ctrl+R",), "file-text",
           "What the import read, kept, merged and refused", graph),
    Action("file.export", "File", 2, "Export figure…", lambda c: c.figure.export(), ("Ctrl+E",), "image-down",
           "Write the figure as PNG, SVG or PDF, with legend and provenance", graph),
    Action("file.network", "File", 2, "Export network…", lambda c: c.network.ask(), ("Ctrl+Alt+E",), "share-2",
           "Write accounts and edges for Gephi, networkx, igraph, a spreadsheet and others", graph),
    Action("file.copy_methods", "File", 2, "Copy methods paragraph", lambda c: c.figure.copy_methods(),
           tip="What was read, by which rule, how it was laid out and every step, in plain sentences", enabled=graph),
    Action("file.copy_picture", "File", 2, "Copy picture", lambda c: c.figure.copy_picture(), ("Ctrl+Alt+C",),
           enabled=graph),
    Action("file.quit", "File", 4, "Quit", lambda c: c.view.quit(), ("Ctrl+Q",),
           tip="Close the window; what is unsaved is asked about"),

    Action("edit.undo", "Edit", 0, "Undo {undo}", lambda c: c.edit.undo(), ("Ctrl+Z",), "undo-2",
           enabled=lambda f: bool(f.undo)),
    Action("edit.redo", "Edit", 0, "Redo {redo}", lambda c: c.edit.redo(), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2",
           enabled=lambda f: bool(f.redo)),
    Action("edit.copy", "Edit", 1, "Copy ids of selection", lambda c: c.figure.copy_ids(), ("Ctrl+C",), "copy",
           enabled=some),
    Action("edit.find", "Edit", 2, "Find account…", lambda c: c.view.find(), ("Ctrl+F",), "search", enabled=graph),
    Action("edit.palette", "Edit", 2, "Command palette…", lambda c: c.view.palette(), ("Ctrl+K",), "command"),

    Action("select.core", "Select", 0, "Select core", lambda c: c.select.core(), ("C", "Ctrl+Shift+C"), "crosshair",
           "Select exactly the core and light its amplifiers' edges", graph),
    Action("select.amplifiers", "Select", 0, "Select amplifiers", lambda c: c.select.amplifiers(), ("Shift+C",),
           enabled=graph),
    Action("select.others", "Select", 0, "Select others", lambda c: c.select.others(), enabled=graph),
    Action("select.all", "Select", 1, "All shown", lambda c: c.select.everything(), ("Ctrl+A",), enabled=graph),
    Action("select.none", "Select", 1, "None", lambda c: c.edit.stop_or_none(), ("Esc",),
           tip="Stop what runs; if nothing runs, select nothing", enabled=lambda f: f.busy or f.selected > 0),
    Action("select.invert", "Select", 1, "Invert", lambda c: c.select.invert(), ("Ctrl+I",), enabled=graph),
    Action("select.active", "Select", 1, "Active accounts", lambda c: c.select.active(),
           tip="Select the accounts with an edge that is shown: of this time and these kinds", enabled=graph),
    Action("select.grow", "Select", 2, "Add neighbours", lambda c: c.select.grow(), ("Ctrl+B",),
           tip="Select every account one edge from the selection", enabled=some),
    Action("select.shrink", "Select", 2, "Shrink", lambda c: c.select.shrink(), ("Ctrl+Shift+B",), enabled=some),
    Action("select.name", "Select", 8, "Name selection…", lambda c: c.names.name(), ("Ctrl+D",), "tag",
           "Give the selection a name to come back to it by", some),
    Action("select.forget", "Select", 8, "Forget “{called}”", lambda c: c.names.forget(),
           enabled=lambda f: bool(f.called)),
    *(recalled(place) for place in range(9)),

    Action("filter.keep", "Filter", 0, "Show selection only", lambda c: c.select.keep(), ("Ctrl+Return",), "filter",
           enabled=some),
    Action("filter.hide", "Filter", 0, "Hide selection", lambda c: c.select.hide(), ("Del",), "eye-off", enabled=some),
    Action("filter.all", "Filter", 0, "Show everything", lambda c: c.select.show_all(), ("Ctrl+Shift+A",), "eye",
           enabled=lambda f: f.filtered),
    Action("roles.list", "Filter", 1, "Core from a list of ids…", lambda c: c.roles.from_list(), enabled=graph),

    Action("layout.run", "Layout", 0, "Run layout", lambda c: c.layout.run(), ("Ctrl+L",), "play",
           "Place the accounts in the background", lambda f: f.has_graph and not f.placing),
    Action("layout.stop", "Layout", 0, "Stop", lambda c: c.layout.stop(), (), "square",
           "Stop; what is placed so far stays", lambda f: f.busy),
    Action("layout.compare", "Layout", 9, "Quality and comparison…", lambda c: c.compare.ask(),
           tip="How good the layout is, in numbers, beside another", enabled=graph),

    Action("layout.pause", "Layout", 0, "Pause", lambda c: c.layout.pause(), ("P", "Pause"), "pause",
           "Rest after the round under way, or go on", lambda f: f.placing and not f.stuck, lambda f: f.paused),
    Action("layout.fold", "Layout", 2, "Fold tray away", lambda c: c.shape.fold(),
           tip="Hide the small components beside the main one, or bring them back", enabled=graph,
           checked=lambda f: f.folded > 0),
    Action("layout.selection", "Layout", 1, "Lay out selection", lambda c: c.steer.selection(),
           tip="Place the selected accounts by their own ties, where they are; all others stay",
           enabled=lambda f: f.selected > 0 and not f.placing),
    Action("layout.shown", "Layout", 1, "Lay out what is shown", lambda c: c.steer.shown(),
           tip="Place what the filter shows by itself, in the room it has; what is hidden stays",
           enabled=lambda f: f.filtered and not f.placing),
    Action("layout.settle", "Layout", 1, "Settle from here", lambda c: c.steer.settle(),
           tip="Go on from the present picture: everybody moves little", enabled=lambda f: f.has_graph and not f.placing),
    Action("layout.carry", "Layout", 1, "Take earlier places", lambda c: c.steer.carry(),
           tip="Who was in the network that was open before stays there; newcomers go beside whom they know",
           enabled=lambda f: f.has_graph and not f.placing),
    Action("layout.untangle", "Layout", 1, "Untangle view", lambda c: c.steer.untangle(),
           tip="Loosen what is in view, 5,000 accounts or fewer; all others stay",
           enabled=lambda f: f.has_graph and not f.placing),

    Action("arrange.pin", "Arrange", 0, "Pin selection", lambda c: c.arrange.pin(), (), "pin",
           "Keep the selected accounts in place in every layout; only the hand moves them", some),
    Action("arrange.unpin", "Arrange", 0, "Unpin", lambda c: c.arrange.unpin(),
           tip="Let the selected accounts go; all pinned ones if none of the selected is pinned",
           enabled=lambda f: f.pinned > 0),
    Action("arrange.left_turn", "Arrange", 1, "Turn picture left", lambda c: c.arrange.turn(90),
           tip="Turn all accounts by 90° to the left", enabled=graph),
    Action("arrange.right_turn", "Arrange", 1, "Turn picture right", lambda c: c.arrange.turn(-90),
           tip="Turn all accounts by 90° to the right", enabled=graph),
    Action("arrange.half_turn", "Arrange", 1, "Turn picture half round", lambda c: c.arrange.turn(180), enabled=graph),
    Action("arrange.turn", "Arrange", 1, "Turn picture by…", lambda c: c.arrange.turn_by(), enabled=graph),
    Action("arrange.mirror_across", "Arrange", 1, "Mirror left to right", lambda c: c.arrange.mirror("across"),
           tip="Exchange left and right of the whole picture", enabled=graph),
    Action("arrange.mirror_down", "Arrange", 1, "Mirror top to bottom", lambda c: c.arrange.mirror("down"),
           tip="Exchange top and bottom of the whole picture", enabled=graph),
    Action("arrange.align_left", "Arrange", 2, "Align left", lambda c: c.arrange.align("left"), enabled=two),
    Action("arrange.align_centre", "Arrange", 2, "Align centre", lambda c: c.arrange.align("centre"), enabled=two),
    Action("arrange.align_right", "Arrange", 2, "Align right", lambda c: c.arrange.align("right"), enabled=two),
    Action("arrange.align_top", "Arrange", 2, "Align top", lambda c: c.arrange.align("top"), enabled=two),
    Action("arrange.align_middle", "Arrange", 2, "Align middle", lambda c: c.arrange.align("middle"), enabled=two),
    Action("arrange.align_bottom", "Arrange", 2, "Align bottom", lambda c: c.arrange.align("bottom"), enabled=two),
    Action("arrange.across", "Arrange", 3, "Distribute across", lambda c: c.arrange.distribute("across"),
           tip="Equal distances from left to right, in the order they stand", enabled=three),
    Action("arrange.down", "Arrange", 3, "Distribute down", lambda c: c.arrange.distribute("down"),
           tip="Equal distances from top to bottom, in the order they stand", enabled=three),
    Action("arrange.turn_selection", "Arrange", 3, "Turn selection by…", lambda c: c.arrange.turn_selection(),
           tip="Turn the selected accounts about their middle", enabled=two),
    Action("arrange.nudge_left", "Arrange", 4, "Nudge left", lambda c: c.arrange.nudge(-1, 0), ("Alt+Left",), enabled=some),
    Action("arrange.nudge_right", "Arrange", 4, "Nudge right", lambda c: c.arrange.nudge(1, 0), ("Alt+Right",), enabled=some),
    Action("arrange.nudge_up", "Arrange", 4, "Nudge up", lambda c: c.arrange.nudge(0, 1), ("Alt+Up",), enabled=some),
    Action("arrange.nudge_down", "Arrange", 4, "Nudge down", lambda c: c.arrange.nudge(0, -1), ("Alt+Down",), enabled=some),

    Action("view.fit", "View", 0, "Fit all", lambda c: c.view.fit_all(), ("Ctrl+0", "F"), "maximize", enabled=graph),
    Action("view.fit_selection", "View", 0, "Fit selection", lambda c: c.view.fit_selection(), ("Ctrl+9", "Shift+F"),
           enabled=some),
    Action("view.zoom_in", "View", 0, "Zoom in", lambda c: c.view.zoom_in(), ("Ctrl++", "Ctrl+="), "zoom-in",
           enabled=graph),
    Action("view.zoom_out", "View", 0, "Zoom out", lambda c: c.view.zoom_out(), ("Ctrl+-",), "zoom-out", enabled=graph),
    Action("tool.hand", "View", 2, "Hand", lambda c: c.view.tool("hand"), ("V",), "hand", "Drag to pan, click to select",
           checked=lambda f: f.tool == "hand"),
    Action("tool.box", "View", 2, "Box", lambda c: c.view.tool("box"), ("B",), "square-dashed", "Drag a box to select",
           checked=lambda f: f.tool == "box"),
    Action("tool.lasso", "View", 2, "Lasso", lambda c: c.view.tool("lasso"), ("L",), "lasso", "Draw round what to select",
           checked=lambda f: f.tool == "lasso"),
    Action("tool.move", "View", 2, "Move", lambda c: c.view.tool("move"), ("M",), "move", "Drag accounts to move them",
           checked=lambda f: f.tool == "move"),
    Action("labels.none", "View", 3, "No labels", lambda c: c.view.labels("none"), enabled=graph,
           checked=lambda f: f.labels == "none"),
    Action("labels.hover", "View", 3, "Label under the cursor", lambda c: c.view.labels("hover"), enabled=graph,
           checked=lambda f: f.labels == "hover"),
    Action("labels.selected", "View", 3, "Label the selection", lambda c: c.view.labels("selected"), enabled=graph,
           checked=lambda f: f.labels == "selected"),
    Action("labels.top", "View", 3, "Label the first 50", lambda c: c.view.labels("top"), enabled=graph,
           checked=lambda f: f.labels == "top"),
    Action("labels.all", "View", 3, "Label all that fit", lambda c: c.view.labels("all"), enabled=graph,
           checked=lambda f: f.labels == "all"),
    Action("theme.dark", "View", 4, "Dark", lambda c: c.view.theme("dark"), checked=lambda f: f.theme == "dark"),
    Action("theme.light", "View", 4, "Light", lambda c: c.view.theme("light"), checked=lambda f: f.theme == "light"),
    Action("theme.print", "View", 4, "Print", lambda c: c.view.theme("print"), checked=lambda f: f.theme == "print"),
    Action("view.overview", "View", 5, "Overview map", lambda c: c.view.overview(),
           tip="A small map of everything, while only a part is in view", checked=lambda f: f.overview == "on"),
    Action("view.motion", "View", 5, "Reduce motion", lambda c: c.view.motion(), tip="Jump to a fit instead of flying there",
           checked=lambda f: f.motion == "reduced"),
    Action("view.glide", "View", 5, "Glide after panning", lambda c: c.view.glide(),
           tip="Let a touchpad that has a swing of its own go on when two fingers let go", checked=lambda f: f.glide == "on"),
    Action("view.history", "View", 5, "History", lambda c: c.view.history(), ("Ctrl+H",), "history",
           "Every step with its parameters; click one to go there"),
    Action("view.graphics", "View", 5, "Safe graphics", lambda c: c.view.graphics(),
           tip="Draw by the processor; switched off, the graphics card is asked again at the next start",
           checked=lambda f: f.graphics == "safe"),
    Action("view.panels", "View", 5, "Free panels", lambda c: c.view.panels(),
           tip="Give every panel a title to drag, float and close it by", checked=lambda f: f.panels == "free"),
    Action("view.reset", "View", 5, "Reset windows", lambda c: c.view.reset(),
           tip="Put every panel back where it belongs"),

    Action("help.guide", "Help", 0, "Starling help", lambda c: c.view.guide(), ("F1",), "info"),
    Action("help.keys", "Help", 0, "Keys and gestures", lambda c: c.view.keys(), ("?",)),
    Action("help.about", "Help", 1, "About Starling", lambda c: c.view.about()),
)  # fmt: skip

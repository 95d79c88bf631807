"""Excel workbooks: every sheet a table; what a spreadsheet has done to ids is not hidden."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from explorer.errors import SourceError
from explorer.ingest import cells, sheetxml, unrolled, workbook
from tests.ingest.workbooks import POSTS, book

SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def altered(data, **parts):
    """A workbook with parts replaced, named by the ends of their names; None takes one out."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rsplit("/", 1)[-1].split(".")[0]
            content = parts.pop(stem, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for stem, content in parts.items():
            new.writestr(f"xl/{stem}.xml", content)
    return packed.getvalue()


def sheet(body, head=""):
    data = f"<sheetData>{body}</sheetData>"
    return f'<?xml version="1.0"?>{head}<worksheet {SPREADSHEET}>{data}</worksheet>'


EDGES = [["Source", "Target", "Weight"], ["a", "b", 2], ["b", "c", 1]]


def test_a_sheet_of_edges_and_a_sheet_of_nodes_are_one_graph(draw):
    nodes = [["Id", "Label"], ["a", "Ann"], ["b", None], ["z", "Zoe"]]
    drawn = draw(a__xlsx=book(Edges=EDGES, Nodes=nodes, Sheet3=[]))
    assert drawn.counts == {("a", "b"): 2, ("b", "c"): 1}
    assert {i: one["name"] for i, one in drawn.accounts.items()} == {
        "a": "Ann",
        "b": "b",
        "c": "c",
        "z": "Zoe",
    }
    assert [file.member for file in drawn.receipt.files] == ["Edges", "Nodes"]


def test_a_matrix_is_read(draw):
    rows = [[None, "a", "b"], ["a", 0, 2.5], ["b", 0, 1]]
    drawn = draw(a__xlsx=book(Matrix=rows))
    assert drawn.edges["a", "b", "link"]["weight"] == 2.5
    assert drawn.receipt.interactions.self == 1


def test_rows_above_the_names_of_columns_are_passed_over_as_nodexl_writes_them(draw):
    rows = [[None, None, "Visual Properties"], ["Vertex 1", "Vertex 2", "Color"], ["a", "b", 1]]
    assert draw(a__xlsx=book(Edges=rows)).counts == {("a", "b"): 1}


def test_posts_in_a_workbook_are_posts(desk):
    rows = [POSTS, ["1", "a", "ann", None, None, 'x,\n"y"', 1600000000, None]]
    rows.append(["2", "b", "bob", "1", None, "RT", 1600000060, None])
    taken = desk.take(desk.write("p.xlsx", book(Sheet1=rows)))
    assert set(taken.edges) == {("b", "a", "retweet")}
    assert taken.posts["1"]["text"] == 'x,\n"y"'
    assert taken.stored.title == "p"


def test_ids_that_are_text_are_kept_and_ids_that_lost_digits_are_refused(draw):
    rows = [
        ["Source", "Target"],
        ["906123456789012345", "1101421234567890123"],
        [9.06123456789012e17, "rounded"],
        [906123456789012000, "rounded too"],
        [12345.0, "short"],
    ]
    drawn = draw(a__xlsx=book(Sheet1=rows))
    assert {source for source, _ in drawn.counts} == {"906123456789012345", "12345"}
    assert drawn.file.reasons == (("id damaged by a spreadsheet", 2),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("906123456789012345", "906123456789012345"),  # a program wrote it, with all its digits
        ("906123456789012000", "9.06123456789012E+17"),
        ("9.0612345678901197E+17", "9.06123456789012E+17"),
        ("-1E3", "-1000"),
        ("0.29999999999999999", "0.3"),
        ("1e999", "inf"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_number_is_what_was_meant(written, meant):
    assert cells.figure(written) == meant


def test_dates_are_times_whatever_their_format_and_calendar(draw):
    when = datetime(2020, 6, 12, 10, 30)
    rows = [["Source", "Target", "Time"], ["a", "b", when], ["b", "c", date(2020, 6, 12)]]
    drawn = draw(a__xlsx=book(Sheet1=rows))
    assert drawn.edges["a", "b", "link"]["first"] == 1591957800
    assert drawn.edges["b", "c", "link"]["first"] == 1591920000
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append(["Source", "Target", "Time"])
    made.active.append(["a", "b", when])
    made.active["C2"].number_format = '[$-409]d" of "mmm yyyy'
    data = io.BytesIO()
    made.save(data)
    assert draw(b__xlsx=data.getvalue()).edges["a", "b", "link"]["first"] == 1591957800


def test_a_number_that_is_no_date_stays_one(draw):
    made = openpyxl.Workbook()
    made.active.append(["Source", "Target", "Weight"])
    made.active.append(["a", "b", 44000])
    made.active["C2"].number_format = '0.00" days"'
    data = io.BytesIO()
    made.save(data)
    assert draw(a__xlsx=data.getvalue()).counts == {("a", "b"): 44000}


def test_text_in_runs_in_the_cell_itself_and_of_formulas_is_text(draw):
    rich = CellRichText("a", TextBlock(InlineFont(b=True), "b"))
    cells = (
        '<row><c t="inlineStr"><is><t>Source</t></is></c>'
        '<c t="inlineStr"><is><r><t>Tar</t></r><r><t>get</t></r><rPh><t>x</t></rPh></is></c></row>'
        '<row><c t="str"><f>"a"</f><v>a</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    assert draw(a__xlsx=altered(book(S=EDGES), sheet1=sheet(cells))).counts == {("a", "true"): 1}
    assert draw(b__xlsx=book(S=[["Source", "Target"], [rich, "c"]])).counts == {("ab", "c"): 1}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"sheet1": sheet("<row>", "<!DOCTYPE x []>")}, "document type declaration"),
        ({"sheet1": sheet("<row>")}, "not well-formed XML"),
        ({"sheet1": "\0\0\0"}, "not well-formed XML"),
        ({"sheet1": sheet('<row><c t="s"><v>99</v></c></row>')}, "a text that is not there"),
        ({"sheet1": sheet('<row><c t="s"><v>x</v></c></row>')}, "a text that is not there"),
        ({"sheet1": sheet('<row><c r="ZZZ1"><v>1</v></c></row>')}, "more than 16,384 columns"),
        ({"sheet1": sheet('<row><c r="A1" /><c r="é1"><v>1</v></c></row>')}, "a cell called 'é1'"),
        ({"sheet1": None}, "without a sheet that holds a table"),
        ({"sheet1": sheet("")}, "without a sheet that holds a table"),
        ({"workbook": "<x/>"}, "without a sheet that holds a table"),
        ({"workbook": "<x"}, "not well-formed XML"),
        ({"sharedStrings": "<sst><si>"}, "not well-formed XML"),
        ({"sheet1": '<?xml version="1.0" encoding="x-no"?><a/>'}, "not well-formed XML|encoding"),
    ],
)
def test_what_is_not_whole_or_built_to_deceive_is_one_sentence(draw, parts, words):
    with pytest.raises(SourceError, match=words):
        draw(a__xlsx=altered(book(S=EDGES), **parts))


def test_a_part_whose_bytes_are_damaged_is_one_sentence(draw):
    data = book(S=EDGES)
    for name in (b"xl/workbook.xml", b"xl/worksheets/sheet1.xml"):
        at = data.index(name)
        for place in (at - 30, at + len(name) + 5):
            bad = bytearray(data)
            bad[place] ^= 0xFF
            with pytest.raises(SourceError, match=r"is damaged|not a whole zip"):
                draw(a__xlsx=bytes(bad))


def test_a_sheet_that_grows_without_end_is_a_bomb(draw):
    wide = sheet('<row><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>' * 400)
    with pytest.raises(SourceError, match="as a bomb does"):
        draw(a__xlsx=altered(book(S=EDGES), sheet1=wide))
    repeated = sheet("<row><c><v>1</v></c></row>" * 200_000)
    with pytest.raises(SourceError, match="as a zip bomb does"):
        draw(b__xlsx=altered(book(S=EDGES), sheet1=repeated))


def test_texts_that_sheets_share_are_found_in_all_their_runs(draw):
    texts = (
        "<sst><si><t>Source</t></si><si><r><t>Tar</t></r><r><t>get</t></r></si>"
        "<si><t>密</t><rPh><t>mi</t></rPh></si></sst>"
    )
    rows = "".join(
        f'<row><c t="s"><v>{a}</v></c><c t="s"><v>{b}</v></c></row>' for a, b in ((0, 1), (2, 0))
    )
    data = altered(book(S=EDGES), sheet1=sheet(rows), sharedStrings=texts)
    assert draw(a__xlsx=data).counts == {("密", "Source"): 1}


def test_texts_have_a_limit_that_is_told(draw, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_TEXTS", 10)
    with pytest.raises(SourceError, match="MB of texts, more than"):
        draw(a__xlsx=altered(book(S=EDGES), sharedStrings="<sst>            </sst>"))


def test_a_cell_has_a_limit(draw, monkeypatch):
    monkeypatch.setattr(sheetxml, "LONGEST", 6)
    assert ("xxxxxx", "b") in draw(a__xlsx=book(S=[["Source", "Target"], ["x" * 100, "b"]])).counts


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b"x"}, "in the binary form"),
        ({"mimetype": b"x", "content.xml": b"<x/>"}, "is an OpenDocument file"),
    ],
)
def test_other_kinds_of_workbooks_are_named(desk, members, words):
    with pytest.raises(SourceError, match=words):
        desk.take(desk.zip("a.x", members))


def test_a_large_sheet_is_made_again_rather_than_kept(draw, monkeypatch):
    monkeypatch.setattr(unrolled, "KEPT", 100)
    rows = [["Source", "Target"], *([f"a{i}", f"b{i * 7919 % 1000}"] for i in range(1000))]
    assert len(draw(a__xlsx=book(S=rows)).edges) == 1000


def test_more_sheets_than_anybody_looks_at_are_refused(draw, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_SHEETS", 2)
    assert draw(a__xlsx=book(Edges=EDGES, Sheet2=[])).counts
    with pytest.raises(SourceError, match=r"b.xlsx has 3 sheets, more than 2\."):
        draw(b__xlsx=book(Edges=EDGES, Sheet2=[], Sheet3=[]))

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explorer.assets import sample
from explorer.cli import front as cli
from explorer.cli.common import parse_size
from explorer.errors import StarlingError


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch, qapp):  # before figures make an application of their own
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


def said(capsys, *words):
    code = cli.run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_inspect_prints_one_object_with_every_promised_key(capsys):
    code, out, _ = said(capsys, "inspect", str(sample()), "--json")
    assert code == 0
    told = json.loads(out)
    assert {"files", "accounts", "interactions", "edges", "posts"} <= set(told)
    assert set(told["accounts"]) == {"total", "core", "amplifier", "other"}
    assert len(told["edges"]["by_class"]) == 9
    assert sum(told["edges"]["by_class"].values()) == told["edges"]["total"]
    for file in told["files"]:
        rows = file["rows"]
        assert rows["read"] == rows["kept"] + rows["merged"] + rows["refused"]
        assert len(file["sha256"]) == 64
        assert file["member"].startswith("SIMULATED")
    found = told["interactions"]
    kept = sum(found[kind] for kind in ("retweet", "reply", "quote", "mention", "link"))
    lost = sum(found[f"unresolved_{kind}"] for kind in ("retweets", "replies", "quotes"))
    assert found["found"] == kept + lost + found["self"]
    accounts = told["accounts"]
    assert accounts["total"] == accounts["core"] + accounts["amplifier"] + accounts["other"]


def test_inspect_in_words_names_the_rule(capsys):
    code, out, _ = said(capsys, "inspect", str(sample()))
    assert code == 0
    assert "Core: listed in the users file." in out


def test_another_rule_changes_who_is_core(capsys):
    _, out, _ = said(capsys, "inspect", str(sample()), "--core", "top:5", "--json")
    assert json.loads(out)["accounts"]["core"] == 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["inspect"], "Nothing to read."),
        (["inspect", "gone.zip"], "gone.zip"),
        (["inspect", "SAMPLE", "--core", "nobody"], "'nobody' is not a rule of roles."),
        (["gone.zip"], "There is no command and no file called gone.zip."),
        (["render", "SAMPLE", "-o", "x.png", "--size", "big"], "'big' is not a size."),
        (["render", "SAMPLE", "-o", "x.gif"], "x.gif ends in neither .png nor .svg nor .pdf."),
        (["simulate", "x.txt"], "x.txt"),
        (["simulate", "real.zip"], "real.zip is there already, and is no simulated archive."),
        (["inspect", ""], "A name that was given is empty."),
        (["render", "gone.zip", "-o", "x.gif"], "x.gif ends in neither .png nor .svg nor .pdf."),
        (["render", "gone.zip", "-o", "no/x.png"], "Cannot write x.png in no: there is no"),
        (["render", "gone.zip", "-o", "x.png", "--size", "20x20"], "20 × 20 pixels"),
        (["convert", "gone.zip", "-o", "no/x.gexf"], "Cannot write x.gexf in no: there is no"),
        (["convert", "real.zip", "-o", "real.zip"], "real.zip is the file that this network was"),
        (["layout", "gone.zip", "-o", "no/x.starling"], "Cannot write x.starling in no"),
        (["replay", "gone.starling", "--inputs", "no"], "There is no folder no."),
        (["replay", "gone.starling", "-o", "x.gif"], "x.gif ends in neither .png nor .svg nor"),
    ],
)
def test_a_users_error_is_one_sentence_and_exit_code_one(
    capsys, tmp_path, monkeypatch, words, sentence
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real.zip").write_bytes(b"PK what somebody needs")
    words = [str(sample()) if word == "SAMPLE" else word for word in words]
    code, out, err = said(capsys, *words)
    assert code == 1
    assert sentence in err
    assert "Traceback" not in err + out
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_may_not_be_read_is_one_sentence_and_exit_code_one(
    capsys, tmp_path, monkeypatch
):
    secret = tmp_path / "secret.zip"
    secret.write_bytes(b"PK")
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    code, _, err = said(capsys, "inspect", str(secret))
    assert code == 1
    assert "Usage" not in err


def test_names_of_members_cannot_disturb_the_terminal(capsys, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("\x1b]0;owned\x07\x1b[31m\u202eneg\n  forged.csv", "source,target\na,b\n")
        whole.writestr("\x1b[2Jread.txt", "Nothing.")
    code, out, err = said(capsys, "inspect", str(path))
    assert code == 0, err
    assert not set(out) & set("\x1b\x07\u202e")
    assert "  a.zip › ]0;owned[31mneg forged.csv" in out.replace(str(path), "a.zip").splitlines()
    named = json.loads(said(capsys, "inspect", str(path), "--json")[1])["files"][0]["member"]
    assert "\x1b" in named  # JSON escapes it, and keeps what was there


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_of_files_that_are_no_text_are_told_as_escapes(tmp_path):
    name = os.fsdecode(b"\xd6\xd0.csv")
    (tmp_path / name).write_text("source,target\na,b\n")
    for words in (["inspect", name, "--json"], ["convert", name, "-o", f"{name}.gexf"]):
        done = subprocess.run(
            [sys.executable, "-m", "explorer", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert rb"\udcd6" in done.stdout
        if "--json" in words:
            assert json.loads(done.stdout.decode())["files"][0]["path"] == name


def test_a_record_without_a_line_names_none(capsys, tmp_path):
    path = tmp_path / "posts.jsonl"
    post = {
        "did": "did:plc:a",
        "time_us": 1_725_911_162_329_308,
        "kind": "commit",
        "commit": {
            "operation": "create",
            "collection": "app.bsky.feed.post",
            "rkey": "1",
            "record": {"$type": "app.bsky.feed.post", "createdAt": "2024-09-09T19:46:02Z"},
            "cid": "b",
        },
    }
    gone = {**post, "commit": {**post["commit"], "operation": "delete", "rkey": "2"}}
    path.write_text(f"{json.dumps(post)}\n{json.dumps(gone)}\n", encoding="utf-8")
    code, out, err = said(capsys, "inspect", str(path))
    assert code == 0, err
    assert "record 2: a change or deletion, not a post" in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_is_no_bug_of_ours():
    words = [sys.executable, "-m", "explorer", "inspect", str(sample())]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "no room on the disk" in done.stderr
    assert "Something broke" not in done.stderr


def test_ctrl_c_while_the_program_loads_is_no_trace():
    code = (
        "import sys, importlib.abc\n"
        "class Stop(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'explorer.cli.front': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from explorer.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Stopped.\n")


def test_misuse_has_exit_code_two(capsys):
    assert said(capsys, "inspect", "--no-such-option")[0] == 2


@pytest.mark.slow
def test_render_makes_png_and_svg_of_the_core(capsys, tmp_path, qapp):
    for ending in ("png", "svg"):
        path = tmp_path / f"core.{ending}"
        words = ["render", str(sample()), "-o", str(path), "--select", "core", "--json"]
        code, out, err = said(capsys, *words)
        assert code == 0, err
        assert json.loads(out)["bytes"] == path.stat().st_size
    root = ElementTree.parse(tmp_path / "core.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "SIMULATED" in (tmp_path / "core.svg").read_text("utf-8")
    assert b"SIMULATED" in (tmp_path / "core.png").read_bytes()


@pytest.mark.slow
def test_inspect_agrees_with_the_truth_of_a_simulation(capsys, tmp_path):
    path = tmp_path / "small.zip"
    assert said(capsys, "simulate", str(path), "--seed", "11", "--json")[0] == 0
    with zipfile.ZipFile(tmp_path / "small.truth.zip") as whole:
        truth = json.loads(whole.read("truth.json"))
    told = json.loads(said(capsys, "inspect", str(path), "--json")[1])
    assert told["accounts"]["total"] == truth["accounts"]
    for role in ("core", "amplifier", "other"):
        assert told["accounts"][role] == truth[role]
    assert told["edges"]["by_class"] == dict(truth["edges_by_class"])
    for kind, count in dict(truth["interactions"]).items():
        assert told["interactions"][kind] == count
    assert told["posts"]["total"] == truth["posts"]


@pytest.mark.slow
def test_selftest_passes(capsys, qapp):
    code, out, err = said(capsys, "selftest", "--json")
    assert code == 0, err
    assert set(json.loads(out)) == {"archive", "layout", "core", "png", "svg"}


def test_sizes_are_two_whole_numbers():
    assert parse_size("1600x1000") == (1600, 1000)
    assert parse_size("16384×16") == (16384, 16)
    for bad in ("1600", "0x5", "1600x-3", "99999x10", "1e3x5"):
        with pytest.raises(StarlingError):
            parse_size(bad)


@pytest.mark.slow
def test_the_installed_command_says_its_version():
    told = subprocess.run(
        [sys.executable, "-m", "explorer", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("starling, version ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_the_window_says_so_and_what_to_do_instead(capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code, _, err = said(capsys, str(sample()))
    assert code == 1
    assert "There is no display" in err
    assert "starling render" in err


@pytest.mark.slow
def test_render_takes_the_page_as_it_is_wanted(capsys, tmp_path, qapp):
    path = tmp_path / "page.pdf"
    words = ["render", str(sample()), "-o", str(path), "--legend", "top right", "--dpi", "200"]
    words += ["--no-title", "--no-footer", "--transparent", "--author", "An analyst", "--json"]
    code, out, _ = said(capsys, *words)
    assert code == 0
    assert json.loads(out)["bytes"] == path.stat().st_size
    assert b"/MediaBox [0 0 576.000000 360.000000]" in path.read_bytes()
    assert b"<rdf:li>An analyst</rdf:li>" in path.read_bytes()


def test_a_session_is_inspected_and_rendered_as_it_was_saved(capsys, tmp_path, qapp):
    from explorer.document import edits
    from explorer.document.file import save_session
    from explorer.document.placing import laid_out
    from explorer.graph.build import OpenArchive
    from explorer.job import silent

    opened = OpenArchive((sample(),))(silent)
    document = laid_out(edits.load(opened.graph, opened.receipt, opened.stored), 7, silent)
    path = tmp_path / "case.starling"
    save_session(document, path)
    code, out, _ = said(capsys, "inspect", str(path), "--json")
    assert code == 0
    assert json.loads(out)["edges"]["total"] == opened.graph.m
    code, _, err = said(capsys, "render", str(path), "-o", str(tmp_path / "a.png"))
    assert code == 0, err

"""The command line: what it does, what it says, and with which exit code."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import types
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app import __version__, cli
from app.cli.telling import today
from app.files import load, save
from app.files.errors import InvalidMap
from app.model.beside import Comment
from app.model.document import Document
from app.model.edits import add_lane, set_fields, set_map
from app.model.picture_headers import picture_size
from app.model.records import Card
from app.model.rules import Problem
from app.paths import sample_dir

pytestmark = pytest.mark.usefixtures("qapp")

CLINIC = str(sample_dir() / "clinic.jmap")


def run(*words: str) -> int:
    try:
        return cli.main(words)
    except SystemExit as left:
        return int(str(left.code))


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence on stderr."""
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.startswith("journeymapper: ")
    assert found.err.endswith(".\n")
    assert found.err.count("\n") == 1
    return found.err.removeprefix("journeymapper: ").rstrip("\n")


def test_a_poster_is_written_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poster = tmp_path / "poster.pdf"
    assert run("export", CLINIC, "-o", str(poster), "--page", "a3", "--landscape", "--margin", "5") == cli.DONE
    assert poster.read_bytes().startswith(b"%PDF-1.7")
    assert capsys.readouterr().out.startswith(f"{poster}: A3, landscape, ")


def test_a_roll_takes_any_width(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", CLINIC, "-o", str(tmp_path / "poster.pdf"), "--page", "roll:914") == cli.DONE
    assert "Roll 914 mm" in capsys.readouterr().out


def test_a_picture_is_written_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "map.PNG"
    assert run("export", CLINIC, "-o", str(picture), "--dpi", "30") == cli.DONE
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out.endswith(" pixels, 30 dpi\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-o", "a.svg"], "“a.svg” must end in .pdf or .png."),
        (["-o", "a"], "“a” must end in .pdf or .png."),
        (["-o", "a.png", "--page", "A1"], "--page is for .pdf files only."),
        (["-o", "a.png", "--portrait"], "--portrait is for .pdf files only."),
        (["-o", "a.png", "--margin", "3"], "--margin is for .pdf files only."),
        (["-o", "a.png", "--margin", "0"], "--margin is for .pdf files only."),
        (["-o", "a.png", "--tables"], "--tables is for .pdf files only."),
        (["-o", "a.pdf", "--dpi", "96"], "--dpi is for .png files only."),
        (["-o", "a.pdf", "--page", "B1"], "There is no page size “B1”: choose A0,"),
        (["-o", "a.pdf", "--margin", "600"], "A margin of 600 mm leaves no room"),
        (["-o", "a.png", "--dpi", "5"], "A picture has 10 to 1200 dpi."),
        (["-o", "none/a.pdf"], "“a.pdf” cannot be written: the folder does not exist."),
        (["-o", "a.pdf", "--margin", "wide"], "argument --margin: invalid float value: 'wide'"),
        (["-o", "a.pdf", "--portrait", "--landscape"], "argument --landscape: not allowed with argument --portrait"),
        ([], "the following arguments are required: -o/--output"),
        (["-o", "a.pdf", "--pag", "A1"], "unrecognized arguments: --pag A1"),
    ],
)
def test_wrong_use_of_export(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", CLINIC, *words) == cli.WRONG_USE
    assert complaint(capsys).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_the_map_itself_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = tmp_path / "map.pdf"
    both.write_bytes(Path(CLINIC).read_bytes())
    assert run("export", str(both), "-o", str(both)) == cli.WRONG_USE
    assert "the same file" in complaint(capsys)


def test_comments_are_exported_where_one_asks_for_them(tmp_path: Path) -> None:
    sizes: list[Any] = []
    remark = next(record.text for record in load(CLINIC).records if isinstance(record, Comment)).split(".")[0]
    for words, is_there in ((["--comments"], True), ([], False)):
        poster, picture = tmp_path / "a.pdf", tmp_path / "a.png"
        assert run("export", CLINIC, "-o", str(poster), *words) == cli.DONE
        text = pypdfium2.PdfDocument(poster)[0].get_textpage().get_text_bounded()
        assert (remark in " ".join(text.split())) == is_there
        assert run("export", CLINIC, "-o", str(picture), "--dpi", "20", *words) == cli.DONE
        sizes.append(picture_size("png", picture.read_bytes()))
    (width, with_list), (other_width, without) = sizes
    assert width == other_width
    assert with_list > without


def test_tables_are_printed_behind_the_poster_where_one_asks_for_them(tmp_path: Path) -> None:
    poster = tmp_path / "a.pdf"
    for words, pages in (([], 1), (["--tables"], 4)):
        assert run("export", CLINIC, "-o", str(poster), *words) == cli.DONE
        assert len(pypdfium2.PdfDocument(poster)) == pages
    behind = pypdfium2.PdfDocument(poster)[1]
    assert [round(side * 25.4 / 72) for side in behind.get_size()] == [297, 210]
    assert behind.get_textpage().get_text_bounded().startswith("Action plan")


@pytest.mark.parametrize("command", [["export", "-o", "a.pdf"], ["check"], ["info"]])
@pytest.mark.parametrize("name", ["missing.jmap", ".", "text.jmap"])
def test_what_cannot_be_read_is_said_in_one_sentence(
    command: list[str],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.jmap").write_text("not a map")
    assert run(*command, name) == cli.WRONG_USE
    assert complaint(capsys)


def test_a_sound_map_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", CLINIC) == cli.DONE
    assert "no problems" in capsys.readouterr().out


def test_what_a_map_lacks_is_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document(load(CLINIC).records)
    with document.edit("Change") as tx:
        set_map(tx, review_date=date(2026, 3, 1), doctor_off=("card_without_evidence",))
        add_lane(tx, "questions")
        set_fields(tx, sorted(tx.store.ids_of_type("persona"))[:1], portrait=f"{'ab' * 32}.png")
    path = tmp_path / "map.jmap"
    save(document.records, path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # that very day
    assert run("check", str(path)) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{path}: no problems in ")
    assert f"{path}: the picture {'ab' * 32}.png is missing" in lines
    assert f"{path}: gap: The lane “Questions” is empty." in lines
    assert not any("has no evidence yet" in line or "was to be reviewed" in line for line in lines)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")  # the day after
    assert run("check", str(path)) == cli.DONE
    assert "gap: The map was to be reviewed on 2026-03-01." in capsys.readouterr().out


def broken(_path: Path) -> Any:
    raise InvalidMap([Problem("c_1", "card c_1: lies nowhere"), Problem("c_2", "card c_2: lies nowhere")])


def test_every_problem_has_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("app.files.open_map", broken)
    assert run("check", CLINIC) == cli.PROBLEMS
    assert capsys.readouterr().out.splitlines() == [f"{CLINIC}: card c_{at}: lies nowhere" for at in (1, 2)]


def test_a_map_with_problems_is_told_from_an_unreadable_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.files.open_map", broken)
    assert run("info", CLINIC) == cli.PROBLEMS
    assert "lies nowhere" in complaint(capsys)


@pytest.mark.parametrize("template", ["blank", "marketing", "product-led", "service-blueprint"])
def test_a_map_is_made_from_a_template(template: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.jmap"
    assert run("new", "--template", template, "-o", str(path)) == cli.DONE
    assert load(path).records
    assert capsys.readouterr().out == f"{path}: {template}\n"


def test_new_does_not_overwrite_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.jmap"
    path.write_bytes(b"old")
    assert run("new", "-o", str(path)) == cli.WRONG_USE
    assert "--force" in complaint(capsys)
    assert path.read_bytes() == b"old"
    assert run("new", "-o", str(path), "--force") == cli.DONE
    assert load(path).records


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--template", "x", "-o", "a.jmap"], "there is no template “x”: choose blank, marketing, "),
        (["-o", "a.pdf"], "“a.pdf” must end in .jmap."),
    ],
)
def test_wrong_use_of_new(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", *words) == cli.WRONG_USE
    assert complaint(capsys).startswith(sentence)


def test_info_is_for_people_and_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("info", CLINIC) == cli.DONE
    shown = capsys.readouterr().out
    assert run("info", CLINIC, "--json") == cli.DONE
    facts = json.loads(capsys.readouterr().out)
    assert ["title:", facts["title"]] in [line.split(maxsplit=1) for line in shown.splitlines()]
    assert facts["cards"] == sum(facts["cards_by_kind"].values())
    assert facts["bytes"] == Path(CLINIC).stat().st_size
    assert facts["revision"] == load(CLINIC).rev
    assert {"stages", "steps", "lanes", "personas", "emotion_points", "links", "language", "format"} <= facts.keys()


def test_without_a_command_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []

    def open_window(paths: list[str]) -> int:
        opened.append(paths)
        return 0

    window = types.ModuleType("app.window.main")
    monkeypatch.setattr(window, "run", open_window, raising=False)
    monkeypatch.setitem(sys.modules, "app.window.main", window)
    assert run() == 0
    assert run(CLINIC) == 0
    assert opened == [[], [CLINIC]]


def test_a_word_that_is_neither_command_nor_file_opens_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("exprot") == cli.WRONG_USE
    assert complaint(capsys) == "“exprot” is neither a command nor a file."


def test_a_second_map_is_not_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(CLINIC, CLINIC) == cli.WRONG_USE
    assert "one map" in complaint(capsys)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_no_display_is_said_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    assert run() == cli.WRONG_USE
    assert "no display" in complaint(capsys)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"Journey Mapper {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], *([command, "--help"] for command in cli.COMMANDS)])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    assert capsys.readouterr().out.startswith("usage: journeymapper")


def test_an_option_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--nothing") == cli.WRONG_USE
    assert "--nothing" in complaint(capsys)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), cli.INTERRUPTED, "stopped."),
        (OSError(errno.EIO, "Input/output error", "x.jmap"), cli.WRONG_USE, "Input/output error: “x.jmap”."),
        (OSError("odd"), cli.WRONG_USE, "odd."),
        (ZeroDivisionError("a\nb"), cli.WRONG_USE, "something unexpected went wrong (ZeroDivisionError: a b)"),
    ],
)
def test_no_traceback_whatever_happens(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_words: list[str]) -> int:
        raise error

    monkeypatch.delenv(cli.TRACEBACK, raising=False)
    monkeypatch.setattr(cli, "_run", fail)
    assert run("info", CLINIC) == code
    assert complaint(capsys).startswith(said)


def test_a_traceback_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_words: list[str]) -> int:
        raise ZeroDivisionError

    monkeypatch.setenv(cli.TRACEBACK, "1")
    monkeypatch.setattr(cli, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["info"])


def test_a_closed_pipe_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert run("info", CLINIC) == cli.DONE


@pytest.mark.parametrize(("epoch", "day"), [("0", "1970-01-01"), ("1700000000", "2023-11-14")])
def test_the_date_of_a_poster_can_be_set(epoch: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today().isoformat() == day


def test_a_date_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    assert run("export", CLINIC, "-o", str(tmp_path / "a.pdf")) == cli.WRONG_USE
    assert complaint(capsys) == "SOURCE_DATE_EPOCH is not a number of seconds."


@pytest.mark.slow
def test_as_a_process_without_a_display(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    poster = tmp_path / "poster.pdf"
    command = [sys.executable, "-m", "app", "export", CLINIC, "-o", str(poster)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (cli.DONE, "")
    assert done.stdout.count("\n") == 1
    assert poster.stat().st_size > 10_000
    done = subprocess.run([*command[:4], "x.jmap"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == cli.WRONG_USE
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_for_the_output_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "app", "info", CLINIC]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == cli.WRONG_USE
    assert done.stderr == "journeymapper: No space left on device.\n"


@pytest.mark.slow
def test_help_imports_next_to_nothing() -> None:
    code = (
        "import sys; from app import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(len(loaded & {'PySide6', 'pydantic', 'networkx', 'reportlab', 'uharfbuzz'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_what_begins_with_a_dash_can_be_opened(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--", "-missing.jmap") == cli.WRONG_USE
    assert complaint(capsys) == "“-missing.jmap” is neither a command nor a file."


def test_no_page_is_no_page_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", CLINIC, "-o", str(tmp_path / "a.pdf"), "--page", "") == cli.WRONG_USE
    assert complaint(capsys).startswith("There is no page size “”")


@pytest.mark.parametrize("there", [("stdout",), ("stderr",), ("stdout", "stderr")])
def test_closed_streams_change_no_exit_code(there: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in there:
        monkeypatch.setattr(sys, stream, None)
    assert run("info", CLINIC) == cli.DONE
    assert run("info", "missing.jmap") == cli.WRONG_USE


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_stopped_while_qt_is_being_loaded() -> None:
    code = (
        "import os, signal, sys, types\n"
        "from app import cli\n"
        "def load(_words):\n"
        "    sys.modules['shiboken6'] = types.ModuleType('shiboken6')\n"
        "    try: os.kill(os.getpid(), signal.SIGINT)\n"
        "    except KeyboardInterrupt: print('in the middle of the library')\n"
        "cli._run = load\n"
        "cli.main(['info'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (cli.INTERRUPTED, "", "journeymapper: stopped.\n")


def test_somebody_elses_handling_of_interrupts_stays() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert run("info", CLINIC) == cli.DONE
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_line_break_in_a_name_makes_no_second_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "two\nlines"
    Path(f"{name}.jmap").write_bytes(Path(CLINIC).read_bytes())
    for words in (["export", f"{name}.jmap", "-o", f"{name}.pdf"], ["check", f"{name}.jmap"]):
        assert run(*words) == cli.DONE
        assert capsys.readouterr().out.startswith("two lines.")
    for words in (["export", f"{name}.jmap", "-o", f"{name}.png"], ["new", "-o", f"{name} 2.jmap"]):
        assert run(*words) == cli.DONE
        assert capsys.readouterr().out.count("\n") == 1
    assert run("check", f"{name}\nmissing.jmap") == cli.WRONG_USE
    assert complaint(capsys)


def test_type_too_small_to_read_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", CLINIC, "-o", str(tmp_path / "a.pdf"), "--page", "A0") == cli.DONE
    assert capsys.readouterr().err == ""
    for words, start in (
        (["a.pdf", "--page", "A4"], "journeymapper: warning: Smallest text prints at "),
        (["a.png", "--dpi", "20"], "journeymapper: warning: Smallest text is 2 pixels high: hard to read."),
    ):
        assert run("export", CLINIC, "-o", str(tmp_path / words[0]), *words[1:]) == cli.DONE
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        assert said.err.startswith(start)
        assert said.err.count("\n") == 1


def test_characters_that_no_font_has_are_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = next(record for record in load(CLINIC).records if isinstance(record, Card))
    odd = type(card).model_validate({**card.model_dump(), "title": "Old \u0378", "body": "\u0379"})
    save([odd if record.id == card.id else record for record in load(CLINIC).records], tmp_path / "odd.jmap")
    for name in ("a.pdf", "a.png"):
        assert run("export", str(tmp_path / "odd.jmap"), "-o", str(tmp_path / name)) == cli.DONE
        said = capsys.readouterr().err
        assert said == (
            "journeymapper: warning: No font on this machine has “\u0378” (U+0378), “\u0379” (U+0379), "
            "first in “Old \u0378”: there will be empty boxes.\n"
        )


def test_a_read_only_poster_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poster = tmp_path / "signed\noff.pdf"
    poster.write_bytes(b"signed off")
    poster.chmod(0o444)
    assert run("export", CLINIC, "-o", str(poster)) == cli.WRONG_USE
    assert complaint(capsys) == "“signed off.pdf” is read-only and was not changed; export under another name."
    assert poster.read_bytes() == b"signed off"
    assert list(tmp_path.iterdir()) == [poster]

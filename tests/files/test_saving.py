"""At every moment the old file or the new one is there, whole, and nobody's work is replaced unseen."""

import errno
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.files import CannotRead, CannotWrite, ChangedOnDisk, MapFile, dumps, load, open_map, save, saving
from benchmarks.torture_disk import files_limited_to
from tests.files import builders as build

NEW = build.renamed()


def title(path: Path) -> str:
    return open_map(path).document.map.title


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


def assert_untouched(path: Path, before: bytes) -> None:
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


class TestRoundTrip:
    def test_what_is_saved_is_loaded(self, path: Path) -> None:
        file = load(path)
        assert {record.id for record in file.records} == {value["id"] for value in build.SMALL}
        assert (file.path, file.read_only) == (path, False)
        assert file.fingerprint == build.digest(path.read_bytes())
        assert names(path.parent) == [path.name]

    def test_open_map_brings_its_document(self, path: Path) -> None:
        opened = open_map(str(path))
        assert opened.document.map.title == "Switching provider"
        assert [record.id for record in opened.document.records] == [record.id for record in opened.file.records]
        assert opened.file.path == path

    def test_save_again_and_again(self, path: Path) -> None:
        file = load(path)
        for _ in range(3):
            file = save(file.holding(NEW))
        assert title(path) == "New"
        assert file.fingerprint == load(path).fingerprint

    def test_save_as_leaves_the_first_alone(self, path: Path) -> None:
        other = path.with_name("copy.jmap")
        file = save(load(path).holding(NEW), other)
        assert (file.path, title(other), title(path)) == (other, "New", "Switching provider")
        save(file)

    def test_a_new_map_needs_a_path(self) -> None:
        with pytest.raises(ValueError, match="needs a path"):
            save(build.records())

    def test_parts_that_no_reader_would_take_are_not_written(self, path: Path) -> None:
        before = path.read_bytes()
        with pytest.raises(CannotWrite, match=r"cannot be saved: .* name that no map uses"):
            save(MapFile(tuple(NEW), parts={"../x": b""}), path)
        with pytest.raises(CannotWrite, match=r"cannot be saved: .* name that no map uses"):
            save(MapFile(tuple(NEW), parts={"media/ä": b""}), path)
        with pytest.raises(CannotWrite, match=r"cannot be saved: .* is not a picture"):
            save(MapFile(tuple(NEW), thumbnail=b"no picture"), path)
        assert_untouched(path, before)

    def test_what_would_read_back_differently_is_not_written(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = path.read_bytes()
        other = open_map(path)
        monkeypatch.setattr(saving, "read_map", lambda _: other)
        with pytest.raises(CannotWrite, match="read back, it would differ"):
            save(NEW, path)
        assert_untouched(path, before)


class TestReading:
    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(CannotRead, match=r"^“no.jmap” cannot be read: there is no such file or folder\.$"):
            load(tmp_path / "no.jmap")

    def test_folder(self, tmp_path: Path) -> None:
        with pytest.raises(CannotRead, match="is not a file that can be read"):
            load(tmp_path)

    def test_pipe_does_not_hang(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(CannotRead, match="is not a file that can be read"):
            load(tmp_path / "pipe")

    def test_name_that_cannot_be(self, path: Path) -> None:
        with pytest.raises(CannotRead, match="its name is not one a file can have"):
            load("a\0b")
        with pytest.raises(CannotWrite, match="its name is not one a file can have"):
            save(load(path), "a\0b")

    def test_link_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "a")
        with pytest.raises(CannotRead, match="leads in a circle"):
            load(tmp_path / "a")

    def test_not_allowed(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_args: object, **_options: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(CannotRead, match="permission is denied"):
            load(path)


class TestChangedOnDisk:
    def test_another_s_save_is_not_replaced(self, path: Path) -> None:
        mine = load(path)
        save(NEW, path)
        theirs = path.read_bytes()
        with pytest.raises(ChangedOnDisk, match=r"was changed by somebody else .* save under another name"):
            save(mine.holding(build.records()))
        assert_untouched(path, theirs)
        save(mine.holding(build.records()), force=True)
        assert title(path) == "Switching provider"

    def test_expected_by_hand(self, path: Path) -> None:
        first = load(path).fingerprint
        second = save(NEW, path, expected=first).fingerprint
        with pytest.raises(ChangedOnDisk):
            save(NEW, path, expected=first)
        save(NEW, path, expected=second)

    def test_same_content_touched_is_no_change(self, path: Path) -> None:
        file = load(path)
        os.utime(path, (1, 1))
        save(file.holding(NEW))
        assert title(path) == "New"

    def test_a_file_that_is_gone_is_written_anew(self, path: Path) -> None:
        file = load(path)
        path.unlink()
        save(file.holding(NEW))
        assert title(path) == "New"

    def test_a_change_in_the_last_moment(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = load(path)
        real = os.fsync

        def somebody_else_saves(handle: int) -> None:
            real(handle)
            path.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", somebody_else_saves)
        with pytest.raises(ChangedOnDisk):
            save(file.holding(NEW))
        assert_untouched(path, b"theirs")

    def test_through_another_name_of_the_same_file(self, path: Path) -> None:
        file = load(path)
        save(NEW, path)
        alias = path.with_name("alias.jmap")
        alias.symlink_to(path)
        with pytest.raises(ChangedOnDisk):
            save(file, alias)


class TestPlaceAndMode:
    def test_a_link_stays_a_link(self, path: Path) -> None:
        folder = path.parent / "desk"
        folder.mkdir()
        link = folder / "link.jmap"
        link.symlink_to(Path("..") / path.name)
        file = save(load(link).holding(NEW))
        assert link.is_symlink()
        assert (title(path), file.path) == ("New", link)
        assert names(folder) == ["link.jmap"]

    def test_a_link_to_nothing_gets_its_file(self, path: Path) -> None:
        link = path.with_name("link.jmap")
        link.symlink_to("later.jmap")
        save(NEW, link)
        assert link.is_symlink()
        assert title(path.with_name("later.jmap")) == "New"

    def test_the_mode_stays(self, path: Path) -> None:
        for wanted in (0o600, 0o640, 0o664, 0o755):
            path.chmod(wanted)
            save(NEW, path)
            assert mode(path) == wanted

    def test_a_new_file_follows_the_umask(self, tmp_path: Path) -> None:
        for mask in (0o022, 0o077, 0o002):
            before = os.umask(mask)
            try:
                save(NEW, tmp_path / f"{mask}.jmap")
            finally:
                os.umask(before)
            assert mode(tmp_path / f"{mask}.jmap") == 0o666 & ~mask

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_the_owner_stays(self, path: Path) -> None:
        os.chown(path, 1234, 2345)
        save(NEW, path)
        assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)

    def test_an_owner_that_cannot_be_kept_is_no_obstacle(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "fchown", _fail(errno.EPERM))
        save(NEW, path)
        assert title(path) == "New"

    def test_other_names_of_the_file_keep_the_old_content(self, path: Path) -> None:
        other = path.with_name("hard.jmap")
        os.link(path, other)
        save(NEW, path)
        assert (title(path), title(other)) == ("New", "Switching provider")

    def test_a_long_name(self, tmp_path: Path) -> None:
        path = tmp_path / ("ä" * 124 + ".jmap")
        save(NEW, path)
        assert title(path) == "New"
        with pytest.raises(CannotWrite, match="its name is too long"):
            save(NEW, tmp_path / ("x" * 300))


class TestRefusals:
    def test_a_read_only_file_stays_as_it_is(self, path: Path) -> None:
        path.chmod(0o444)
        before = path.read_bytes()
        assert load(path).read_only
        with pytest.raises(
            CannotWrite, match=r"^“tour.jmap” is read-only and was not changed; save under another name\.$"
        ):
            save(NEW, path)
        with pytest.raises(CannotWrite, match="is read-only"):
            save(NEW, path, force=True)
        assert_untouched(path, before)

    def test_a_read_only_folder(self) -> None:
        folder = _open_folder()
        place = folder / "tour.jmap"
        save(NEW, place)
        place.chmod(0o666)
        folder.chmod(0o555)
        try:
            assert _as_nobody(lambda: str(load(place).read_only)) == "True"
            message = _as_nobody(lambda: _message_of_saving(place))
            assert message == "“tour.jmap” cannot be saved: permission is denied; nothing was changed on disk."
        finally:
            folder.chmod(0o755)
            shutil.rmtree(folder)

    def test_no_such_folder(self, tmp_path: Path) -> None:
        with pytest.raises(CannotWrite, match="there is no such file or folder; nothing was changed"):
            save(NEW, tmp_path / "no" / "tour.jmap")

    def test_a_folder_of_that_name(self, tmp_path: Path) -> None:
        with pytest.raises(CannotWrite, match="that is not a file"):
            save(NEW, tmp_path)

    def test_a_file_for_a_folder(self, path: Path) -> None:
        with pytest.raises(CannotWrite, match="not a folder"):
            save(NEW, path / "tour.jmap")

    def test_leftovers_of_killed_saves_go_when_they_are_old(self, path: Path) -> None:
        stem = saving._temporary_stem(path)
        old, fresh, other = (path.with_name(name) for name in (f"{stem}1.tmp", f"{stem}2.tmp", ".~other-1.tmp"))
        for leftover in (old, fresh, other):
            leftover.write_bytes(b"half a ma")
        for leftover in (old, other):
            os.utime(leftover, (time.time() - 4000,) * 2)
        save(NEW, path)
        assert [leftover.exists() for leftover in (old, fresh, other)] == [False, True, True]


class TestFullDisk:
    def test_each_size_of_disk(self, path: Path) -> None:
        """However much of the new file fits, the old one stays byte for byte."""
        before, full = path.read_bytes(), len(dumps(NEW))
        for size in [*range(0, full, 37), full - 1]:
            with files_limited_to(size), pytest.raises(CannotWrite, match="does not take a file of that size"):
                save(NEW, path)
            assert_untouched(path, before)
        with files_limited_to(full):
            save(NEW, path)
        assert title(path) == "New"

    @pytest.mark.parametrize("call", ["write", "fsync", "close"])
    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
    def test_each_call_that_may_fail(self, path: Path, call: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            real_close = os.close
            patch.setattr(os, call, _fail(code, real_close if call == "close" else None))
            with pytest.raises(CannotWrite, match="nothing was changed on disk") as caught:
                save(NEW, path)
        assert {errno.ENOSPC: "full", errno.EDQUOT: "used up", errno.EIO: "error"}[code] in str(caught.value)
        assert_untouched(path, before)

    def test_a_disk_that_swallows_bytes(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Some claim to have written what they have not: the length tells."""
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            real = os.write
            patch.setattr(os, "write", lambda handle, data: real(handle, data[:-1]) + 1)
            with pytest.raises(CannotWrite, match="the disk is full"):
                save(NEW, path)
        assert_untouched(path, before)

    def test_writes_that_come_in_pieces(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            real = os.write
            patch.setattr(os, "write", lambda handle, data: real(handle, data[:100]))
            save(NEW, path)
        assert title(path) == "New"

    def test_replacing_fails(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", _fail(errno.EACCES))
            with pytest.raises(CannotWrite, match="permission is denied"):
                save(NEW, path)
        assert_untouched(path, before)

    def test_a_folder_that_cannot_be_synced_is_no_failure(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            real = os.fsync
            patch.setattr(os, "fsync", lambda handle: _fail(errno.EINVAL)() if _is_folder(handle) else real(handle))
            save(NEW, path)
        assert title(path) == "New"

    def test_a_real_full_disk(self, tmp_path: Path) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("mounting is not allowed here")
        try:
            path = disk / "tour.jmap"
            save(NEW, path)
            before = path.read_bytes()
            large = [record.changed(body="x" * 10_000) if record.type == "card" else record for record in NEW]
            with pytest.raises(CannotWrite, match="the disk is full; nothing was changed on disk"):
                save(large, path)
            assert_untouched(path, before)
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def _fail(code: int, first: Callable[[int], None] | None = None) -> Callable[..., None]:
    def fail(*args: int) -> None:
        if first is not None:
            first(*args)
        raise OSError(code, os.strerror(code))

    return fail


def _is_folder(handle: int) -> bool:
    return stat.S_ISDIR(os.fstat(handle).st_mode)


def _open_folder() -> Path:
    """A folder that everybody may enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    return folder


def _message_of_saving(path: Path) -> str:
    with pytest.raises(CannotWrite) as caught:
        save(NEW, path)
    return str(caught.value)


def _as_nobody(action: Callable[[], str]) -> str:
    """What comes of an action without root's rights, which no folder's mode holds back."""
    if os.geteuid() != 0:
        return action()
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            os.write(writer, action().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said

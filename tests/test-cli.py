#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The program from outside: messages, exit status, and where the output goes.

Usage: test-cli.py PROGRAM SOURCE-ROOT. Speaks TAP."""

import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import harness  # pylint: disable=wrong-import-position
from harness import FAILED, READ, REVIEW, USAGE, Skip

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
DATA = ROOT / "tests" / "data"
PLAIN = DATA / "plain.pdf"        # readable, but no assessment
PASSWORD = DATA / "password.pdf"  # the same, encrypted
CORPUS = sorted((ROOT / "corpus" / "pdf").glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))

NOBODY = 65534

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def run(*arguments, **more):
    return harness.run([PROGRAM, *map(str, arguments)], **more)


def expect(process, status, *patterns):
    assert process.returncode == status, f"exit status {process.returncode}, not {status}: {process.stderr}"
    for pattern in patterns:
        assert re.search(pattern, process.stderr), f"no “{pattern}” in: {process.stderr}"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def full_disk():
    """In the child: no file can grow beyond these bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


# --- Help and usage errors --------------------------------------------------


@test
def version_is_the_projects(_):
    process = run("--version")
    expect(process, READ)
    number = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8")).group(1)
    assert process.stdout.decode() == f"hyokasho {number}\n", process.stdout


@test
def help_lists_the_commands_and_exit_statuses(_):
    for arguments in (["--help"], ["convert", "--help"], ["validate", "--help"]):
        process = run(*arguments)
        expect(process, READ)
        for number in (READ, FAILED, USAGE):
            assert re.search(rf"^  {number} ", process.stdout.decode(), re.M), process.stdout
        assert process.stderr == ""


@test
def usage_errors(folder):
    (folder / "file").write_bytes(b"x")
    shutil.copy(PLAIN, folder / "x.pdf")
    cases = [
        ([], "no command"),
        (["transmogrify"], "unknown command “transmogrify”"),
        (["convert"], "no input"),
        (["convert", "--nonsense", PLAIN], "nonsense"),
        (["convert", "--format", "pdf", PLAIN], "unknown format “pdf”: choose xml, json, tsv or summary"),
        (["convert", "--format"], "format"),
        (["convert", PLAIN, PASSWORD], "several inputs: name a folder"),
        (["convert", "-o", "-", PLAIN, PASSWORD], "several inputs: name a folder"),
        (["convert", "-o", "file", PLAIN, PASSWORD], "file: is no folder"),
        (["convert", "-o", "out/", "-", "-"], "only once"),
        (["convert", "-o", "x.pdf", "x.pdf"], "x.pdf: is an input and would be overwritten"),
        (["convert", "-o", "./x.pdf", PLAIN, "x.pdf"], "is no folder"),
        (["convert", "-o", "", PLAIN], "empty name"),
        (["convert", ""], "empty name"),
        (["convert", "-q", "-v", PLAIN], "exclude each other"),
        (["validate"], "no file"),
        (["validate", "--nonsense"], "nonsense"),
    ]
    before = names(folder)
    for arguments, message in cases:
        process = run(*arguments, cwd=folder)
        expect(process, USAGE, re.escape(message), r"^hyokasho: ", r"Try “hyokasho .*--help”")
        assert process.stdout == b"", arguments
    assert names(folder) == before
    assert (folder / "x.pdf").read_bytes() == PLAIN.read_bytes()


# --- Inputs that cannot be read ------------------------------------------------


def expect_unread(path, *patterns):
    """One line that names the file, nothing on standard output."""
    process = run("convert", path)
    expect(process, FAILED, "^hyokasho: " + re.escape(str(path)) + ": ", *patterns)
    assert process.stdout == b""


@test
def missing_file(folder):
    expect_unread(folder / "no.pdf", r"cannot be opened \(No such file or directory\): check its name")


@test
def directory(folder):
    expect_unread(folder, "is a directory: name the documents in it")


@test
def empty_file(folder):
    (folder / "empty.pdf").touch()
    expect_unread(folder / "empty.pdf", "is empty: fetch or copy the document again")


@test
def unreadable_file(folder):
    path = folder / "secret.pdf"
    shutil.copy(PLAIN, path)
    path.chmod(0)
    more = {}
    if os.geteuid() == 0:
        folder.chmod(0o755)
        more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        process = run("convert", path, cwd="/", **more)
    except PermissionError as error:
        raise Skip("root reads everything, and nobody may not start the program") from error
    if "error while loading shared libraries" in process.stderr:
        raise Skip("root reads everything, and nobody may not load the library")
    expect(process, FAILED, re.escape(str(path)), r"cannot be opened \(Permission denied\): allow reading")


@test
def not_a_pdf(folder):
    for name, content in (("noise.pdf", bytes(range(256)) * 20), ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 2000)):
        (folder / name).write_bytes(content)
        expect_unread(folder / name, "neither a PDF nor text.*: give the document as it was published")
    (folder / "blank.txt").write_bytes(b" \r\n\r\n")
    expect_unread(folder / "blank.txt", "the text is blank: fetch or copy the document again")


@test
def a_text(folder):
    """No assessment, but read; what is said of it has lines and no boxes."""
    path = folder / "letter.txt"
    path.write_bytes("拝啓\n時下".encode("cp932") + b"\x81\xad\n")
    process = run("convert", "-v", "-f", "json", path)
    assert process.returncode == FAILED, process
    said = process.stderr
    assert re.search(r"letter\.txt: note: .*Shift_JIS \[text-encoding\]", said), said
    assert re.search(r"letter\.txt: line 2: warning: .*Shift_JIS.* 1 place.*\[text-undecoded\]", said), said
    assert "box" not in said and "page" not in said, said
    model = json.loads(process.stdout)
    assert model["source"] == {"name": "letter.txt", "pages": 0}, model["source"]
    pieces = model["report"]["unplaced"]
    assert [piece["span"] for piece in pieces] == [[[1, 1], [1, 2]], [[2, 1], [2, 3]]], pieces
    assert not any("page" in piece or "box" in piece for piece in pieces), pieces


@test
def only_a_pdf_header(folder):
    (folder / "header.pdf").write_bytes(b"%PDF-1.7\n")
    expect_unread(folder / "header.pdf", "damaged.*: fetch or copy the document again")


@test
def truncated_pdf(folder):
    """Cut in the middle: refused, or what is left is read; never taken as whole."""
    sources = [PLAIN, *CORPUS[:1]]
    for source in sources:
        path = folder / source.name
        content = source.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        process = run("convert", path)
        assert process.returncode in (REVIEW, FAILED), (path, process.returncode, process.stderr)
        assert str(path) in process.stderr, process.stderr


@test
def password_pdf(_):
    expect_unread(PASSWORD, "needs a password.*: give its password, or a copy without one")


@test
def no_assessment_is_a_failure_but_its_text_is_kept(_):
    process = run("convert", PLAIN)
    expect(process, FAILED, re.escape(str(PLAIN)) + r": error: not recognised .*\[form-unknown\]")
    assert b"assessment." in process.stdout, process.stdout[:2000]


@test
def the_other_inputs_are_still_done(folder):
    process = run("convert", "-o", folder / "out", folder / "no.pdf", PASSWORD, PLAIN)
    expect(process, FAILED, "no.pdf: cannot be opened", "password.pdf: ")
    assert names(folder / "out") == ["plain.pdf.xml"]


# --- Outputs -----------------------------------------------------------------------


@test
def one_input_to_standard_output_file_and_folder(folder):
    expected = run("convert", PLAIN).stdout
    assert expected.startswith(b"<?xml"), expected[:80]
    for output, place in ((folder / "a.xml", folder / "a.xml"), (folder, folder / "plain.pdf.xml"),
                          (f"{folder}/new/deep/", folder / "new" / "deep" / "plain.pdf.xml")):
        process = run("convert", "-o", output, PLAIN)
        expect(process, FAILED)
        assert process.stdout == b""
        assert place.read_bytes() == expected
    assert run("convert", "-o", "-", PLAIN).stdout == expected


@test
def each_format_has_its_extension(folder):
    for name, extension in (("xml", "xml"), ("json", "json"), ("tsv", "tsv"), ("summary", "txt")):
        run("convert", "--format", name, "-o", folder, PLAIN)
        assert (folder / f"plain.pdf.{extension}").stat().st_size > 0, name
    assert len(names(folder)) == 4


@test
def names_do_not_collide(folder):
    inputs = ["a/x.pdf", "b/x.pdf", "x.pdf", "x.txt", "X.PDF", "x.pdf~2", "x.pdf~2.xml", "ｘ.pdf"]
    for name in inputs:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(PLAIN, folder / name)
    run("convert", "-o", "out", *inputs, "-", cwd=folder, stdin=PLAIN.read_bytes())
    expected = ["x.pdf.xml", "x.pdf~2.xml", "x.pdf~3.xml", "x.txt.xml", "X.PDF~4.xml", "x.pdf~2~2.xml",
                "x.pdf~2.xml.xml", "ｘ.pdf~5.xml", "stdin.xml"]
    assert names(folder / "out") == sorted(expected), names(folder / "out")
    run("convert", "-o", "out", *inputs, cwd=folder)
    assert names(folder / "out") == sorted(expected)


@test
def standard_input_is_the_same_document(folder):
    shutil.copy(PLAIN, folder / "stdin")
    from_file = run("convert", "stdin", cwd=folder)
    from_stdin = run("convert", "-", stdin=PLAIN.read_bytes())
    assert from_file.stdout == from_stdin.stdout
    assert from_file.stderr == from_stdin.stderr
    expect(run("convert", "-"), FAILED, "hyokasho: stdin: is empty")


@test
def full_standard_output_is_noticed(_):
    with open("/dev/full", "wb") as full:
        expect(run("convert", PLAIN, stdout=full), FAILED, "standard output: .*No space left on device")
        expect(run("--help", stdout=full), FAILED, "standard output: cannot be written")


@test
def closed_standard_output_is_noticed(_):
    expect(run("convert", PLAIN, preexec_fn=lambda: os.close(1)), FAILED, "standard output: ")


@test
def a_device_is_written_to_and_not_replaced(folder):
    expect(run("convert", "-o", "/dev/full", PLAIN), FAILED, "/dev/full: .*No space left on device.*: no output was made")
    assert not os.path.isfile("/dev/full")
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        run("convert", "-o", pipe, PLAIN)
        assert reader.stdout.read() == run("convert", PLAIN).stdout


@test
def full_disk_leaves_the_old_output(folder):
    path = folder / "out.xml"
    process = run("convert", "-o", path, PLAIN, preexec_fn=full_disk, restore_signals=False)
    expect(process, FAILED, re.escape(str(path)) + ": .*: no output was made")
    assert names(folder) == []
    path.write_bytes(b"old")
    process = run("convert", "-o", path, PLAIN, preexec_fn=full_disk, restore_signals=False)
    expect(process, FAILED, re.escape(str(path)) + ": .*: the old output stays as it was")
    assert names(folder) == ["out.xml"]
    assert path.read_bytes() == b"old"


@test
def an_output_is_replaced_where_it_is(folder):
    (folder / "real").mkdir()
    path = folder / "real" / "out.xml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    (folder / "link.xml").symlink_to("real/out.xml")
    run("convert", "-o", folder / "link.xml", PLAIN)
    assert (folder / "link.xml").is_symlink()
    assert path.read_bytes() == run("convert", PLAIN).stdout
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(folder / "real") == ["out.xml"]


@test
def folders_that_cannot_be_written(folder):
    (folder / "file").touch()
    expect(run("convert", "-o", folder / "no" / "x.xml", PLAIN), FAILED, "x.xml: .*No such file.*: no output was made")
    expect(run("convert", "-o", f"{folder}/file/out/", PLAIN), FAILED, "the folder cannot be made.*nothing was converted")


# --- Messages ------------------------------------------------------------------------


@test
def nothing_depends_on_the_locale(_):
    for source in [PLAIN, *CORPUS[:1]]:
        runs = [run("convert", source, env=env) for env in
                ({}, {"LC_ALL": "C"}, {"LC_ALL": "ja_JP.UTF-8", "LANGUAGE": "ja"}, {"LC_ALL": "de_DE.ISO-8859-1"})]
        assert len({(process.returncode, process.stdout, process.stderr) for process in runs}) == 1


@test
def quiet_and_verbose(_):
    for source in [PLAIN, *CORPUS[:1]]:
        quiet, normal, verbose = (run("convert", *options, source) for options in (["-q"], [], ["-v"]))
        assert quiet.stdout == normal.stdout == verbose.stdout
        assert quiet.returncode == normal.returncode == verbose.returncode
        lines = [set(process.stderr.splitlines()) for process in (quiet, normal, verbose)]
        assert lines[0] <= lines[1] <= lines[2], lines
        assert not [line for line in lines[0] if ": warning: " in line or ": note: " in line]


@test
def odd_file_names(folder):
    raw = os.fsencode(folder) + b"/\xff\x1b[31m\n.pdf"
    shutil.copy(PLAIN, raw)
    process = run("convert", os.fsdecode(raw), env={"LC_ALL": "C"})
    expect(process, FAILED)
    assert "\x1b" not in process.stderr
    assert all(line.startswith("hyokasho: ") for line in process.stderr.splitlines()), process.stderr
    shutil.copy(PLAIN, folder / "-x.pdf")
    expect(run("convert", "-o", "out/", "--", "-x.pdf", cwd=folder), FAILED)
    assert names(folder / "out") == ["-x.pdf.xml"]


# --- validate ---------------------------------------------------------------------------


@test
def what_convert_writes_is_valid(folder):
    for source in [PLAIN, *CORPUS[:1]]:
        path = folder / "x.xml"
        run("convert", "-o", path, source)
        process = run("validate", path)
        expect(process, READ)
        assert process.stdout == b"" and process.stderr == ""
        expect(run("validate", "-", stdin=path.read_bytes()), READ)


@test
def what_is_not_valid(folder):
    path = folder / "x.xml"
    run("convert", "-o", path, PLAIN)
    good = path.read_bytes()
    cases = {
        "not-xml.xml": b"This is no XML.",
        "cut.xml": good[: len(good) // 2],
        "other.xml": b"<html/>",
        "element.xml": re.sub(rb"(<[a-z-]+[^>?]*>)", rb"\1<nonsense/>", good, count=1),
    }
    for name, content in cases.items():
        (folder / name).write_bytes(content)
        expect(run("validate", folder / name), FAILED, f"^hyokasho: .*{name}:")
    (folder / "empty.xml").touch()
    expect(run("validate", folder / "empty.xml"), FAILED, "empty.xml: is empty")
    expect(run("validate", folder), FAILED, "is a directory")
    expect(run("validate", folder / "no.xml"), FAILED, "cannot be opened")
    process = run("validate", folder / "other.xml", path, folder / "empty.xml")
    expect(process, FAILED, "other.xml:1: ", "empty.xml: ")
    assert f"{path}:" not in process.stderr


# --- A whole document ----------------------------------------------------------------------


@test
def a_corpus_document_is_read(folder):
    if not CORPUS:
        raise Skip("corpus/pdf has no PDF")
    process = run("convert", "-o", folder / "x.xml", CORPUS[0])
    assert process.returncode in (READ, REVIEW), process.stderr
    again = run("convert", CORPUS[0])
    assert again.stdout == (folder / "x.xml").read_bytes(), "two runs differ"
    if process.returncode == READ:
        assert process.stderr == "", process.stderr
    else:
        assert process.stderr != ""


def in_folder(function):
    """The test with a folder of its own."""
    def call():
        with tempfile.TemporaryDirectory(prefix="hyokasho-test-") as folder:
            function(pathlib.Path(folder))
    return call


sys.exit(harness.run_tests([[(function.__name__.replace("_", " "), in_folder(function)) for function in TESTS]]))

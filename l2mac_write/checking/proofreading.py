"""Checks a book, or files that belong to none, and makes the edits that need no thought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from l2mac_write.checking import by_code, waivers
from l2mac_write.checking.proofs import Pages, Proof, Remark, Repair, Sheet, original
from l2mac_write.checking.sheets import Files, Reader, of_book, of_files
from l2mac_write.errors import UsageError
from l2mac_write.evaluators import TOGETHER, panel
from l2mac_write.findings import Edit, Finding, edited, edits
from l2mac_write.importers import manuscripts
from l2mac_write.instructions import Outcome
from l2mac_write.ledger import auditing
from l2mac_write.reading.standing import plan_of
from l2mac_write.store.complaints import CHECK, Check, Complaint, State, raised, rechecked
from l2mac_write.store.exported import write_whole
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.lock import holder
from l2mac_write.store.places import PRIVATE
from l2mac_write.store.remains import SETTINGS
from l2mac_write.text.counting import count_words

PASSES = 3
"""An edit may lay bare what calls for another."""


def check(path: Path | str, *, language: str = "", fix: bool = False) -> Proof:
    """What code alone can hold against a book, a text file, or a folder of them.

    In a book it is recorded, so that `status` tells the same. With `fix` the edits that need no
    thought are made first; a book keeps what was there before as an earlier version.
    """
    root = Path(path)
    checked = check_book if is_book(root) else check_files
    return checked(root, language=language, fix=fix)


def is_book(root: Path) -> bool:
    return (root / PRIVATE).is_dir() or (root / SETTINGS).is_file()


def check_files(root: Path, *, language: str = "", fix: bool = False) -> Proof:
    files, waived = manuscripts.files(root), waivers.reasons(root)
    read = of_files(files, language)
    after, repairs = repaired(files, read, waived) if fix else (files, ())
    for file, text in after.items():
        if text != files[file]:
            _write(root / file if root.is_dir() else root, files[file], text)
    sheets = [*read(after)]
    complaints = (raised(CHECK, f, waived) for f in by_code.once(_findings(sheets)))
    return _proof(after, sheets, complaints, repairs)


def check_book(root: Path, *, language: str = "", fix: bool = False) -> Proof:
    with _opened(root, insist=fix) as (folder, note):
        files, read = of_book(folder, root, language)
        after, repairs = repaired(files, read, folder.waived()) if fix else (files, ())
        changed = {path: text for path, text in after.items() if text != files[path]}
        if changed:
            folder.commit(Outcome(CHECK), changed)
        sheets = [*read(after)]
        found = _check(folder, sheets)
        if not note:
            folder.recheck(found)
        complaints = rechecked(folder.findings(), found)
        proof = _proof(after, sheets, complaints, repairs)
    return replace(proof, note=note)


def waive(root: Path, key: str, reason: str) -> Finding:
    """The finding of that key is let stand, for a reason that is kept; it does not come back.

    Of a text that belongs to no book, that is beside it in `waived.toml`. Raises `UsageError`
    where nothing is found under that key, or no reason is given.
    """
    return (waive_in_book if is_book(root) else waive_in_files)(root, key, reason)


def waive_in_book(root: Path, key: str, reason: str) -> Finding:
    said = _given(reason)
    if not (found := _recorded(root, key)):
        check_book(root)
        found = _recorded(root, key)
    if not found:
        raise _unknown(key, f"--book {root}")
    with BookFolder.open(root) as folder:
        folder.waive(key, said)
    return found


def waive_in_files(root: Path, key: str, reason: str) -> Finding:
    said = _given(reason)
    findings = (remark.finding for remark in check_files(root).remarks)
    if not (found := next((finding for finding in findings if finding.key == key), None)):
        raise _unknown(key, str(root))
    waivers.add(root, found, said)
    return found


def repaired(
    files: Files, read: Reader, waived: Collection[str] = ()
) -> tuple[Files, tuple[Repair, ...]]:
    """The files with all that code alone can put right, and what was done in them."""
    done: list[Repair] = []
    for _ in range(PASSES):
        sheets = [*read(files)]
        pages = Pages(files, sheets)
        found = (f for f in _findings(sheets) if f.mend and f.key not in waived)
        fixes = [*_together(pages.remark(Complaint(CHECK, finding)) for finding in found)]
        if not fixes:
            break
        done += (pages.repair(finding, edit) for finding, edit in fixes)
        for file in {finding.path for finding, _ in fixes}:
            changes = (edit for finding, edit in fixes if finding.path == file)
            files = {**files, file: edited(files[file], original(files[file], changes))}
    return files, tuple(done)


def _together(remarks: Iterable[Remark]) -> Iterator[tuple[Finding, Edit]]:
    """The edits that can be made at once, file by file, each with the first finding behind it."""
    fixes: dict[str, list[Finding]] = {}
    for remark in remarks:
        file = remark.place.file
        fixes.setdefault(file, []).append(replace(remark.finding, path=file, mend=remark.fix))
    for found in fixes.values():
        behind = {finding.mend: finding for finding in reversed(found)}
        yield from ((behind[edit], edit) for edit in edits(found))


def _findings(sheets: Sequence[Sheet]) -> tuple[Finding, ...]:
    """Of the chapters together, then of each text around them by itself."""
    chapters = [sheet.work for sheet in sheets if sheet.is_chapter]
    names = next((sheet.evaluators for sheet in sheets if sheet.is_chapter), None)
    found = [*by_code.every(chapters, names)]
    for sheet in sheets:
        if not sheet.is_chapter:
            found += by_code.every([sheet.work], sheet.evaluators, whole={})
    return tuple(found)


def _check(folder: BookFolder, sheets: Sequence[Sheet]) -> Check:
    asked = {name for sheet in sheets for name in sheet.evaluators or ()}
    return Check(
        texts={sheet.work.path: sheet.work.text for sheet in sheets},
        findings=by_code.once((*_findings(sheets), *_of_the_ledger(folder))),
        judges=frozenset({*asked - TOGETHER, *panel.whole(), auditing.NAME}),
        writers={o.writes: name for name, o in folder.outcomes().items() if o.writes},
    )


def _of_the_ledger(folder: BookFolder) -> tuple[Finding, ...]:
    """Where two statements that were noted as true cannot both be."""
    plan, ledger = plan_of(folder), StoredLedger(folder.rows)
    paths = {chapter.id: chapter.path for chapter in plan.chapters} if plan else {}
    return auditing.audited((*ledger.facts(paths), *ledger.events(paths)), paths)


def _proof(
    files: Files,
    sheets: Sequence[Sheet],
    complaints: Iterable[Complaint],
    repairs: tuple[Repair, ...],
) -> Proof:
    pages = Pages(files, sheets)
    order = {sheet.work.path: number for number, sheet in enumerate(sheets)}
    remarks = [pages.remark(c) for c in complaints if c.state is not State.FIXED]
    remarks.sort(
        key=lambda r: (order.get(r.finding.path, len(order)), r.place.line, r.place.column)
    )
    return Proof(
        words=sum(count_words(sheet.work.text) for sheet in sheets),
        chapters={sheet.work.path: sheet.work.title for sheet in sheets},
        remarks=tuple(remarks),
        repairs=repairs,
    )


@contextmanager
def _opened(root: Path, *, insist: bool) -> Iterator[tuple[BookFolder, str]]:
    """The book to write in; while another run does, to read, and a note that says so."""
    note = ""
    with ExitStack() as held:
        try:
            folder = held.enter_context(BookFolder.open(root))
        except UsageError:
            if insist or not (who := holder(root / PRIVATE / "lock")):
                raise
            note = f"The book is being written by {who}: what is found is shown, and not recorded."
            folder = held.enter_context(BookFolder.read_only(root))
        yield folder, note


def _given(reason: str) -> str:
    if not reason.strip():
        raise UsageError("a finding is waived for a reason: say it with --reason.")
    return reason.strip()


def _unknown(key: str, where: str) -> UsageError:
    return UsageError(
        f"nothing is found under `{key}`. `l2mac-write check {where}` shows the keys."
    )


def _recorded(root: Path, key: str) -> Finding | None:
    with BookFolder.read_only(root) as folder:
        held = (c.finding for c in folder.findings() if c.state is not State.FIXED)
        return next((finding for finding in held if finding.key == key), None)


def _write(file: Path, before: str, after: str) -> None:
    """In the place of what was read, links followed and rights kept."""
    file = file.resolve()
    if manuscripts.decoded(file) != before:
        raise UsageError(f"`{file}` was changed meanwhile and is left as it is. Try again.")
    write_whole(file, after.encode(), file.stat().st_mode & 0o777)

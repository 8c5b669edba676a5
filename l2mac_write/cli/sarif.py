"""What a check has found as SARIF 2.1.0, which editors and code forges show beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from l2mac_write import __version__
from l2mac_write.checking.codes import meanings
from l2mac_write.checking.proofs import Place, Proof, Remark
from l2mac_write.findings import Edit, Severity
from l2mac_write.store.complaints import State

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://pypi.org/project/l2mac-write/"
LEVELS = {Severity.BLOCK: "error", Severity.REVISE: "warning", Severity.ADVISE: "note"}
ROOT = "MANUSCRIPT"


def log(proof: Proof, root: Path) -> dict[str, Any]:
    """Files are named from `root` on, a folder."""
    codes = sorted({remark.finding.code for remark in proof.remarks})
    driver = {
        "name": "l2mac-write",
        "version": __version__,
        "informationUri": HOME,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"uri": root.absolute().as_uri() + "/"}},
        "results": [_result(remark, codes) for remark in proof.remarks],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": meanings().get(code, code)}}


def _result(remark: Remark, codes: Sequence[str]) -> dict[str, Any]:
    finding = remark.finding
    said = " ".join(filter(None, (finding.message, finding.hint)))
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [_location(remark.place)],
        "partialFingerprints": {"l2mac-write/v1": finding.key},
    }
    if remark.other and finding.conflict:
        against = {"message": {"text": finding.conflict.quote}, **_location(remark.other)}
        result["relatedLocations"] = [against]
    if remark.state is State.WAIVED:
        result["suppressions"] = [{"kind": "external", "justification": remark.reason}]
    if remark.fix and remark.edited:
        result["fixes"] = [_fix(remark.edited, remark.fix)]
    return result


def _location(place: Place) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _file(place), "region": _region(place)}}


def _file(place: Place) -> dict[str, str]:
    return {"uri": quote(place.file), "uriBaseId": ROOT}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(place: Place, edit: Edit) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": edit.new}}
    return {"artifactChanges": [{"artifactLocation": _file(place), "replacements": [replacement]}]}

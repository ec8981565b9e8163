"""Canonical JSON and tagged hashes: one value, one spelling, one digest."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """The one spelling of a plain value: keys sorted, no spaces, text as UTF-8 rather than escapes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def file_hash(content: bytes) -> str:
    """``sha256:`` and the digest of a file as it came."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def tagged_hash(text: str) -> str:
    """``sha256:`` and the digest of the UTF-8 text."""
    return file_hash(text.encode())

"""File names that every system takes, whatever a text from a file says."""

from __future__ import annotations

import re
import unicodedata

from concord.models.device_names import names_device

LONGEST = 80


def safe_name(text: str) -> str:
    """`text` as a file name without an ending: ASCII letters, digits, hyphens and underscores.

    >>> safe_name("euro-atlantic-1992"), safe_name("../../etc/passwd"), safe_name("con"), safe_name("?")
    ('euro-atlantic-1992', 'etc-passwd', 'plan-con', 'plan')
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_text)[:LONGEST].strip("-")
    if not name:
        return "plan"
    return f"plan-{name}" if names_device(name) else name

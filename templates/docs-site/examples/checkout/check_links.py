#!/usr/bin/env python3
"""Finds links between pages that lead nowhere, and pages nothing leads to."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def main() -> int:
    pages = sorted(ROOT.rglob("*.md"))
    problems = []
    reached = {ROOT / "index.md"}
    for page in pages:
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for target in LINK.findall(line):
                if re.match(r"[a-z]+:", target):
                    continue
                path = (page.parent / target).resolve()
                reached.add(path)
                if not path.exists():
                    problems.append(f"{page}:{number}: {target} does not exist")
    reached = {path.resolve() for path in reached}
    problems += [f"{page}: nothing leads here" for page in pages if page.resolve() not in reached]
    print("\n".join(problems) or f"{len(pages)} pages, all links lead somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

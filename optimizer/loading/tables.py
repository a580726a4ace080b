"""Lists of entities that stand in tables: `{table:, select:, columns:, rows:}`.

`table` names a bundled table, or a CSV file in the problem's folder or in the subfolder with the problem's
own name; several are joined on the entities' names. `select` picks entities and orders them, `columns` maps
columns to field paths (null: leave the column out), `rows` are merged over the table's rows or added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from concord.errors import Fault

from .bundled import bundled_tables
from .csv_rows import IGNORED, Table, entities, field_shape, read_table
from .fields import closest, did_you_mean, keys_of
from .merging import merged
from .node import Node, Place
from .schema import Shape, entity_name
from .text import label
from .wording import listed, shown

_KEYS = ("table", "select", "columns", "rows")
Named = dict[str, Node]


@dataclass(frozen=True, slots=True)
class Library:
    """Where the tables of one document are looked for, and what was found wrong with them."""

    document: Path
    faults: list[Fault]

    def expand(self, node: Node, shape: Shape | None, field: str = "") -> Node:
        """`node` with every table in it written out as a list."""
        if shape is None or node.is_scalar:
            return node
        if shape.is_entities and isinstance(node.content, dict):
            return self._written_out(node, shape, field)
        if isinstance(node.content, dict):
            return node.having(
                {
                    name: self.expand(child, shape.child(name), f"{field}.{name}".lstrip("."))
                    for name, child in node.content.items()
                }
            )
        kept = [child for child in node.items if not self._is_table_in_list(child, shape, field)]
        items = tuple(
            self.expand(child, shape.item, f"{field}.{entity_name(child, shape.item) or number}")
            for number, child in enumerate(kept)
        )
        return replace(node, content=items, placeholder=node.placeholder or len(kept) < len(node.items))

    def _is_table_in_list(self, item: Node, shape: Shape, field: str) -> bool:
        """Whether an entry of a list names a table in place of an entity, which is told as a fault."""
        misplaced = shape.is_entities and "table" in item.mapping and "table" not in keys_of(shape.item)
        if misplaced:
            name = field.rpartition(".")[2]
            table = item.mapping["table"]
            written = shown(table.text) if table.is_scalar else "NAME"
            remedy = f"write `{name}: {{table: {written}}}`, with other entries under `rows` in the braces"
            self._fault("`table:` does not belong in a list", item, field, remedy)
        return misplaced

    def _written_out(self, node: Node, shape: Shape, field: str) -> Node:
        assert shape.item is not None
        faults_before = len(self.faults)
        for name, child in node.mapping.items():
            if name not in _KEYS:
                self._fault("unknown key", child, f"{field}.{name}", did_you_mean(name, _KEYS), value=name)
        renamed = self._renamed(node, shape.item, field)
        found: Named | None = None
        unnamed: list[Node] = []
        headers: set[str] = set()
        for table, bundled in self._sources(node, field):
            headers.update(table.header)
            strict = not bundled or "columns" not in node.mapping
            rows = entities(table, shape.item, renamed, strict, self.faults)
            found = self._joined(found or {}, rows, shape.item, unnamed)
        for column in renamed.keys() - headers if headers else ():
            place = node.mapping["columns"].mapping[column]
            self._fault(
                "no table has this column",
                place,
                f"{field}.columns.{column}",
                did_you_mean(column, sorted(headers), "columns"),
                value=column,
            )
        chosen = self._selected(found or {}, node, field)
        entities_found = (*self._with_rows(chosen, node, shape, field), *unnamed)
        return Node(entities_found, node.place, placeholder=len(self.faults) > faults_before)

    def _sources(self, node: Node, field: str) -> list[tuple[Table, bool]]:
        given = node.mapping.get("table")
        if given is None:
            if "rows" not in node.mapping:
                self._fault(
                    "a list is expected, or a table",
                    node,
                    field,
                    "write `- ` before each entry, or `table:` or `rows:`",
                )
            return []
        tables = []
        for name in given.items or (given,):
            path = self._path(name, field)
            table = read_table(path, self.faults) if path else None
            if table is not None and path is not None:
                tables.append((table, path in bundled_tables().values()))
        return tables

    def _path(self, name: Node, field: str) -> Path | None:
        field = f"{field}.table"
        text = name.content
        if not isinstance(text, str):
            self._fault(
                "the name of a table is expected", name, field, f"bundled: {listed(list(bundled_tables()))}"
            )
            return None
        if text in bundled_tables():
            return bundled_tables()[text]
        # Of a link, the folder of the link, then the one of the file.
        documents = dict.fromkeys((self.document, self.document.resolve()))
        folders = {
            place: file.parent for file in documents for place in (file.parent / file.stem, file.parent)
        }
        candidates = [place / text for place in folders]
        try:
            inside = [
                place / text
                for place, folder in folders.items()
                if (place / text).resolve().is_relative_to(folder.resolve())
            ]
            found = [path for path in inside if path.is_file()]
        except (OSError, ValueError):
            inside, found = candidates, []
        if found:
            return found[0]
        if len(inside) < len(candidates):
            self._fault(
                "a table may not lie outside the folder of the problem",
                name,
                field,
                "move it beside the problem file",
            )
            return None
        beside = [path.name for place in folders for path in place.glob("*.csv")]
        known = did_you_mean(text, sorted({*beside, *bundled_tables()}), "known")
        searched = listed([label(folder) for folder in dict.fromkeys(folders.values())])
        self._fault("no such table", name, field, f"{known}; searched: the bundled tables, and in {searched}")
        return None

    def _renamed(self, node: Node, entity: Shape, field: str) -> dict[str, str]:
        given = node.mapping.get("columns")
        if given is None:
            return {}
        if not isinstance(given.content, dict):
            self._fault(
                "a mapping from column to field is expected",
                given,
                f"{field}.columns",
                "such as `gdp_musd: gdp`",
            )
            return {}
        renamed = {}
        for column, target in given.content.items():
            path = target.content
            if path is None:
                renamed[column] = IGNORED
            elif isinstance(path, str) and field_shape(entity, path) is not None:
                renamed[column] = path
            else:
                known = keys_of(entity)
                self._fault(
                    "the column is mapped to no field",
                    target,
                    f"{field}.columns.{column}",
                    did_you_mean(str(path), known),
                )
                renamed[column] = IGNORED
        return renamed

    def _joined(self, found: Named, rows: tuple[Node, ...], entity: Shape, unnamed: list[Node]) -> Named:
        seen: Named = {}
        for row in rows:
            name = entity_name(row, entity)
            if name is None:
                unnamed.append(row)
            elif name in seen:
                first = seen[name].place.line
                self._fault(
                    f"the row is given twice (first in line {first})", row, "", "keep one of them", value=name
                )
            else:
                seen[name] = row
        return {
            **found,
            **{name: merged(found[name], row) if name in found else row for name, row in seen.items()},
        }

    def _selected(self, found: Named, node: Node, field: str) -> Named:
        given = node.mapping.get("select")
        if given is None:
            return found
        field = f"{field}.select"
        if not isinstance(given.content, tuple):
            self._fault("a list of ids is expected", given, field, "such as [DEU, FRA]")
            return found
        chosen: Named = {}
        for item in given.content:
            name = str(item.content)
            if name in chosen:
                self._fault("the id is selected twice", item, field, "select it once", value=name)
            elif name in found:
                chosen[name] = found[name]
            elif found:
                close = closest(name, found)
                self._fault(
                    "the table has no such id",
                    item,
                    field,
                    f"did you mean {close}?"
                    if close
                    else "select ids of the table, and add others under `rows`",
                    value=name,
                )
        return chosen

    def _with_rows(self, found: Named, node: Node, shape: Shape, field: str) -> tuple[Node, ...]:
        given = node.mapping.get("rows")
        if given is None:
            return tuple(found.values())
        if not isinstance(given.content, tuple):
            self._fault(
                "a list of entries is expected", given, f"{field}.rows", "write `- ` before each entry"
            )
            return tuple(found.values())
        whole = dict(found)
        others = []
        seen: set[str] = set()
        for row in given.content:
            name = entity_name(row, shape.item)
            if name is None or name in seen:
                others.append(row)
            else:
                whole[name] = merged(whole[name], row) if name in whole else row
                seen.add(name)
        return (*whole.values(), *others)

    def _fault(self, message: str, node: Node, field: str, remedy: str, *, value: str | None = None) -> None:
        written = value if value is not None else node.text if node.is_scalar else None
        place: Place = node.place
        self.faults.append(
            Fault(
                message,
                place.file,
                place.line,
                shown(field) or None,
                shown(written) if written is not None else None,
                remedy,
            )
        )

"""Writing plans down: JSON, CSV tables, and folders that appear whole or not at all."""

from .csv_tables import columns_csv, csv_text, plan_tables, restorable_csv
from .folder import OutputFolder, write_file
from .plan_json import json_schema, plan_json

__all__ = [
    "OutputFolder",
    "columns_csv",
    "csv_text",
    "json_schema",
    "plan_json",
    "plan_tables",
    "restorable_csv",
    "write_file",
]

"""How the tables are made from the public datasets: `python -m concord.data.extraction FOLDER`.

`FOLDER` holds the downloads in the subfolders `states` and `conflict`, named as in data/SOURCES.md. Nothing
here is imported when Concord runs.
"""

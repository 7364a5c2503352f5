"""Makes the schemas of PyPI's kubernetes-validate fit for kubeconform: schemas.py FROM TO.

As they are, each names an address as its $id, and kubeconform looks there for what they refer to.
"""
import json
import pathlib
import sys


def local(value):
    if isinstance(value, dict):
        value.pop("$id", None)
        if isinstance(value.get("$ref"), str):
            value["$ref"] = value["$ref"].replace("/api/_definitions.json#", "_definitions.json#")
        for inner in value.values():
            local(inner)
    elif isinstance(value, list):
        for inner in value:
            local(inner)
    return value


source, target = map(pathlib.Path, sys.argv[1:3])
files = list(source.glob("*.json"))
if not files:
    sys.exit(f"schemas: no schemas in {source}")
target.mkdir(parents=True, exist_ok=True)
for file in files:
    (target / file.name).write_text(json.dumps(local(json.loads(file.read_text()))))

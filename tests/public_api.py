"""The public items of the library with their signatures, compared with tests/golden/public_api.txt.

usage: public_api.py [--update]

A change here is a change for the users of the library and is reviewed as such. Items hidden from the
documentation are not listed: they may change in any version.
"""

import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/golden/public_api.txt"


def documented():
    """What rustdoc knows of the library; its JSON is only given where unstable options are."""
    flags = ["-Z", "unstable-options", "--output-format", "json"]
    command = ["cargo", "rustdoc", "--lib", "--quiet", "--", *flags]
    with tempfile.TemporaryDirectory() as folder:
        # Only rustdoc is told: set for all, the variable would have every dependency built anew.
        rustdoc = pathlib.Path(folder) / "rustdoc"
        rustdoc.write_text('#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n')
        rustdoc.chmod(0o755)
        subprocess.run(command, cwd=ROOT, env={**os.environ, "RUSTDOC": str(rustdoc)}, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return json.loads((target / "doc/passages.json").read_text())


def type_of(it):
    if it is None:
        return "_"
    (kind, inner), = it.items() if isinstance(it, dict) else ((it, None),)
    match kind:
        case "resolved_path":
            return inner["path"].split("::")[-1] + arguments(inner["args"])
        case "generic" | "primitive":
            return inner
        case "borrowed_ref":
            mutable = "mut " if inner["is_mutable"] else ""
            lifetime = f"{inner['lifetime']} " if inner["lifetime"] else ""
            return f"&{lifetime}{mutable}{type_of(inner['type'])}"
        case "slice":
            return f"[{type_of(inner)}]"
        case "array":
            return f"[{type_of(inner['type'])}; {inner['len']}]"
        case "tuple":
            return f"({', '.join(map(type_of, inner))})"
        case "impl_trait":
            return "impl " + bounds(inner)
        case "dyn_trait":
            return "dyn " + " + ".join(path(it["trait"]) for it in inner["traits"])
        case "qualified_path":
            return f"{type_of(inner['self_type'])}::{inner['name']}"
        case _:
            return kind


def path(it):
    return it["path"].split("::")[-1] + arguments(it["args"])


def arguments(it):
    if not it:
        return ""
    if "parenthesized" in it:
        given = it["parenthesized"]
        output = f" -> {type_of(given['output'])}" if given["output"] else ""
        return f"({', '.join(map(type_of, given['inputs']))}){output}"
    given = it.get("angle_bracketed", {})
    names = [next(iter(arg.values())) for arg in given.get("args", []) if isinstance(arg, dict)]
    shown = [name if isinstance(name, str) else type_of(name) for name in names]
    for constraint in given.get("constraints", []):
        term = constraint["binding"].get("equality", {}).get("type")
        shown.append(f"{constraint['name']} = {type_of(term)}")
    return f"<{', '.join(shown)}>" if shown else ""


def bounds(all):
    named = [it["trait_bound"]["trait"] for it in all if "trait_bound" in it]
    return " + ".join(map(path, named))


def signature(name, function):
    sig = function["sig"]
    inputs = [f"{arg}: {type_of(it)}" for arg, it in sig["inputs"]]
    output = f" -> {type_of(sig['output'])}" if sig["output"] else ""
    indent = name[: len(name) - len(name.lstrip())]
    return f"{indent}fn {name.lstrip()}({', '.join(inputs)}){output}"


def items(index, id, at, lines, seen):
    """The lines of an item and of all that is inside it."""
    item = index.get(str(id))
    if item is None or (id, at) in seen:
        return
    seen.add((id, at))
    (kind, inner), = item["inner"].items()
    if kind == "use":
        if inner["id"] is not None and not inner["is_glob"]:
            used(index, inner["id"], f"{at}::{inner['name']}", lines, seen)
        return
    if item["visibility"] not in ("public", "default"):
        return
    used(index, id, f"{at}::{item['name']}", lines, seen)


def used(index, id, name, lines, seen):
    item = index.get(str(id))
    if item is None:
        return
    (kind, inner), = item["inner"].items()
    match kind:
        case "module":
            lines.append(f"mod {name}")
            for it in inner["items"]:
                items(index, it, name, lines, seen)
        case "function":
            lines.append(signature(name, inner))
        case "constant":
            lines.append(f"const {name}: {type_of(inner['type'])}")
        case "struct":
            lines.append(f"struct {name}")
            shape = inner["kind"]
            fields = shape.get("plain", {}).get("fields", []) if isinstance(shape, dict) else []
            for field in fields:
                it = index.get(str(field))
                if it and it["visibility"] == "public":
                    lines.append(f"    {name}.{it['name']}: {type_of(it['inner']['struct_field'])}")
        case "enum":
            lines.append(f"enum {name}")
            for variant in inner["variants"]:
                lines.append(f"    {name}::{index[str(variant)]['name']}")
        case "trait":
            lines.append(f"trait {name}")
        case _:
            lines.append(f"{kind} {name}")
    for implementation in inner.get("impls", []) if isinstance(inner, dict) else []:
        it = index.get(str(implementation))
        if it is None:
            continue
        block = it["inner"]["impl"]
        if block["trait"] is None:
            for method in block["items"]:
                items(index, method, f"    {name}", lines, seen)
        elif not (block["is_synthetic"] or block["blanket_impl"] or is_derived_inside(block)):
            lines.append(f"    impl {path(block['trait'])} for {name}")


def is_derived_inside(block):
    """Whether the compiler makes it beside what was derived, for its own use."""
    return block["trait"]["path"] == "StructuralPartialEq"


def main(update):
    known = documented()
    lines = []
    root = known["index"][str(known["root"])]
    for it in root["inner"]["module"]["items"]:
        items(known["index"], it, "passages", lines, set())
    text = "\n".join(dict.fromkeys(lines)) + "\n"
    if update:
        GOLDEN.write_text(text)
        return 0
    before = GOLDEN.read_text() if GOLDEN.exists() else ""
    changes = list(difflib.unified_diff(before.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=0))
    if changes:
        print("\n".join(changes))
        print("the public items changed: if that is meant, run tests/public_api.py --update")
        return 1
    print(f"{len(text.splitlines())} public items, as in {GOLDEN.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main("--update" in sys.argv[1:]))

"""Searches a generation with tantivy for Python, and tries to write into it.

usage: tantivy_py.py PROGRAM FOLDER

PROGRAM is the program `search`, FOLDER a folder of articles that holds "Belt and Road". Which version
of tantivy is tried is the one installed. From 0.27 on it must refuse to write; what an earlier one
writes must be named by `search check` and made anew by `search index`.
"""

import importlib.metadata
import pathlib
import subprocess
import sys
import tempfile

import tantivy

VERSION = importlib.metadata.version("tantivy")

# What is asked, and what an answer must hold.
QUERIES = {'exact:"Belt and Road"': "belt and road", "Wuhan Moscow train": "moscow"}


def run(expected, *command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == expected, (command, done)
    return done.stdout + done.stderr


def search(folder):
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    for text in QUERIES:
        query = index.parse_query(text, ["exact", "stem"])
        hits = searcher.search(query, 10).hits
        assert hits and hits[0][0] > 0, text
        found = [searcher.doc(address) for _, address in hits]
        assert all(it["article"][0] for it in found), text
        assert any(QUERIES[text] in it["text"][0].lower() for it in found), text
    return index


def main(program, articles):
    version = tuple(int(it) for it in VERSION.split(".")[:2])
    with tempfile.TemporaryDirectory() as folder:
        dir = pathlib.Path(folder) / "index"
        run(0, program, "--index", dir, "index", articles)
        index = search(dir / "gen-1")
        run(0, program, "--index", dir, "check")
        try:
            writer = index.writer()
            writer.add_document(tantivy.Document(text="Written by another program."))
            writer.commit()
            writer.wait_merging_threads()
            has_written = True
        except Exception as error:
            assert version >= (0, 27), error
            has_written = False
        assert has_written == (version < (0, 27))
        told = run(2 if has_written else 0, program, "--index", dir, "check")
        if has_written:
            assert "meta.json" in told, told
            run(0, program, "--index", dir, "index")
            run(0, program, "--index", dir, "check")
            run(0, program, "--index", dir, "Wuhan Moscow train")
    writes = "; what it writes is told" if has_written else " and refuses to write"
    print(f"tantivy {VERSION} reads the index{writes}")


main(*sys.argv[1:])

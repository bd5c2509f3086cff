"""Checks the figures of `search eval` against trec_eval's own, query by query.

    python3 tests/trec_eval.py PROGRAM COLLECTION...

A collection is a folder with corpus.jsonl, queries.tsv and qrels.txt. Needs pytrec-eval-terrier,
which is trec_eval as a Python package. Ends with status 1 where a figure differs by more than .0001.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import pytrec_eval

FIGURES = {
    "ndcg_10": "ndcg_cut_10",
    "recall_10": "recall_10",
    "recall_100": "recall_100",
    "average_precision": "map",
}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def judgments(path):
    read = {}
    for line in path.read_text().splitlines():
        query, _, article, relevance = line.split()
        read.setdefault(query, {})[article] = int(relevance)
    return read


def ranking(text):
    """Ranks as scores: trec_eval orders by score and breaks ties by name."""
    read = {}
    for line in text.splitlines():
        query, _, article, rank, _, _ = line.split()
        read.setdefault(query, {})[article] = -float(rank)
    return read


def first_ten(run):
    return {query: dict(sorted(it.items(), key=lambda pair: -pair[1])[:10]) for query, it in run.items()}


def check(program, collection):
    with tempfile.TemporaryDirectory() as index:
        asked = ["--index", index, "--queries", collection / "queries.tsv", "--qrels", collection / "qrels.txt"]
        output(program, "index", "--index", index, collection / "corpus.jsonl")
        ours = json.loads(output(program, "eval", "--json", *asked))["per_query"]
        lines = output(program, "run", "--index", index, collection / "queries.tsv", "--format", "trec", "-n", "100")
    judged, run = judgments(collection / "qrels.txt"), ranking(lines)
    theirs = pytrec_eval.RelevanceEvaluator(judged, set(FIGURES.values())).evaluate(run)
    mrr = pytrec_eval.RelevanceEvaluator(judged, {"recip_rank"}).evaluate(first_ten(run))
    tried, wrong = 0, 0
    for query, figures in ours.items():
        expected = {name: theirs.get(query, {}).get(theirname, 0.0) for name, theirname in FIGURES.items()}
        expected["mrr_10"] = mrr.get(query, {}).get("recip_rank", 0.0)
        for name, value in expected.items():
            tried += 1
            if abs(figures[name] - value) > 1e-4:
                wrong += 1
                print(f"{collection.name} query {query}: {name} {figures[name]:.4f}, trec_eval {value:.4f}")
    print(f"{collection.name}: {tried} figures of {len(ours)} queries, {wrong} differ from trec_eval")
    return tried > 0 and wrong == 0


def main():
    program, *collections = sys.argv[1:]
    results = [check(program, pathlib.Path(it)) for it in collections]
    sys.exit(0 if results and all(results) else 1)


main()

#!/usr/bin/env python3
"""Leave one kind of evidence out, train anew, and say what the rest is worth; the table of docs/extraction.md.

usage: ablate.py ARTICLES SNIPPETS FEATURES_A FEATURES_S PREDICT SCORE [--only NAME ...]

The first four as for train.py. PREDICT is the built example (`cargo build --release --example predict`): it reads
lines {"id", "url", "path"}, takes a model and the parts to leave out as arguments, and prints {"id", "text"}.
SCORE is a program that takes a truth and predictions and prints lines `F1 0.95` and `snippet F1 0.93`.
Folds are by site, as in train.py, and every figure is of pages that the model didn't see.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy

import train

# Numbers of features.rs, in its order: first and last of each group.
GROUPS = {
    "text statistics": [(0, 0), (3, 7)],
    "own links": [(1, 2)],
    "tags": [(8, 9), (34, 34), (37, 37), (40, 40), (43, 43), (51, 51), (52, 58)],
    "known phrases": [(11, 11), (45, 45)],
    "likeness to the headline": [(12, 12)],
    "position": [(13, 22)],
    "neighbours": [(23, 46)],
    "class words": [(47, 50)],
    "furniture by name": [(61, 62)],
    "shapes alike": [(63, 66)],
    "subtrees around": [(67, 76)],
    "the page as a whole": [(77, 79)],
}
PARTS = ["rules", "names", "phrases", "others", "agreement", "alternatives", "copies", "sentences", "headings"]


def pages_of(args):
    pages, fold = [], {}
    for kind, folder, path in (("a", args.articles, args.features_a), ("s", args.snippets, args.features_s)):
        features = train.described(path)
        for row in train.rows(folder / "truth.jsonl"):
            fold[kind + row["id"]] = train.fold_of(row)
            if row["id"] in features:
                page = features[row["id"]]
                made = train.article_page(*page, row["text"]) if kind == "a" else train.snippet_page(*page, row)
                pages.append((train.fold_of(row), made))
    return pages, fold


def models(pages, columns, folder):
    """A model for each fold; it never sees the given columns, which are made constant."""
    for fold in range(train.N_FOLDS):
        seen = []
        for own, (x, y, weight) in pages:
            if own != fold:
                x = numpy.array(x)
                x[:, columns] = 0
                seen.append((x, y, weight))
        (folder / f"forest{fold}.bin").write_bytes(train.packed(train.fit(seen)))


def score(args, fold, folder, parts):
    figures = []
    for kind, pages in (("a", args.articles), ("s", args.snippets)):
        jobs = [[] for _ in range(train.N_FOLDS)]
        for row in train.rows(pages / "truth.jsonl"):
            job = {"id": row["id"], "url": row["url"], "path": str((pages / row["html"]).resolve())}
            jobs[fold[kind + row["id"]]].append(json.dumps(job))
        predictions = folder / "predictions.jsonl"
        with open(predictions, "wb") as out:
            for n, lines in enumerate(jobs):
                model = folder / f"forest{n}.bin"
                command = [args.predict, *args.before, model, *parts]
                out.write(subprocess.run(command, input="\n".join(lines).encode(), stdout=subprocess.PIPE, check=True).stdout)
        text = subprocess.run([args.score, pages / "truth.jsonl", predictions], stdout=subprocess.PIPE, check=True).stdout
        rows = [line.rsplit(None, 1) for line in text.decode().splitlines() if line.strip()]
        figures.append({row[0].strip(): row[1] for row in rows if len(row) == 2})
    return figures[0]["F1"], figures[0]["word F1"], figures[1]["snippet F1"]


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("articles", "snippets", "features_a", "features_s", "predict", "score"):
        args.add_argument(name, type=pathlib.Path)
    args.add_argument("--only", nargs="*", help="these rows of the table alone")
    args.add_argument("--before", nargs="*", default=[], help="arguments for PREDICT before the model")
    args = args.parse_args()

    pages, fold = pages_of(args)
    print("| left out | F1 | word F1 | snippet F1 |\n|---|---|---|---|")
    whole = pathlib.Path(tempfile.mkdtemp())
    models(pages, [], whole)

    def tell(name, folder, parts):
        if not args.only or name in args.only:
            print("| {} | {} | {} | {} |".format(name, *score(args, fold, folder, parts)), flush=True)

    tell("nothing", whole, [])
    for part in PARTS:
        tell(part, whole, [part])
    for name, ranges in GROUPS.items():
        if args.only and name not in args.only:
            continue
        columns = [n for first, last in ranges for n in range(first, last + 1)]
        with tempfile.TemporaryDirectory() as folder:
            models(pages, columns, pathlib.Path(folder))
            tell(name, pathlib.Path(folder), [])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Train the model of block features, and say by five-fold cross-validation what it is worth.

usage: train.py ARTICLES SNIPPETS FEATURES_A FEATURES_S OUT [--folds DIR]

ARTICLES and SNIPPETS are folders with a `truth.jsonl` ({id, url, text | null, with, without}); FEATURES_A and
FEATURES_S are what `cargo run --release --example describe` prints for their pages; OUT is
`src/extract/forest.bin`. Needs numpy, lightgbm and rapidfuzz. README.md beside it tells the recipe.
"""

import argparse
import json
import pathlib
import re
import struct
import unicodedata
import zlib
from urllib.parse import urlparse

import lightgbm
import numpy
from rapidfuzz.distance import LCSseq

WORD = re.compile(r"\w+")
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 20,
    "learning_rate": 0.11,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
N_TREES = 90
N_FOLDS = 5
# What one labelled block of a page without a whole truth counts.
SNIPPET_WEIGHT = 0.6
# Which feature holds the words of the page's good text; see `page` in features.rs.
GOOD_WORDS = -3


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def described(path):
    pages = {}
    for page_id, features, text in rows(path):
        blocks = pages.setdefault(page_id, ([], []))
        blocks[0].append(features)
        blocks[1].append(text)
    return {key: (numpy.array(features, dtype=numpy.float32), texts) for key, (features, texts) in pages.items()}


def fold_of(row):
    """Pages of one site share a fold, so that nothing is learned by heart."""
    host = urlparse(row["url"]).netloc or row["url"].split("/")[0]
    return zlib.crc32(host.removeprefix("www.").encode()) % N_FOLDS


def by_alignment(texts, truth):
    """Share of each block's words that the longest common subsequence of page and truth goes through."""
    words, owner = [], []
    for block, text in enumerate(texts):
        for word in WORD.findall(text.lower()):
            words.append(word)
            owner.append(block)
    total = numpy.bincount(owner, minlength=len(texts)) if owner else numpy.zeros(len(texts))
    hits = numpy.zeros(len(texts))
    for step in LCSseq.opcodes(words, WORD.findall(truth.lower())):
        if step.tag == "equal":
            for at in range(step.src_start, step.src_end):
                hits[owner[at]] += 1
    share = hits / numpy.maximum(total, 1)
    # Which of several copies the alignment goes through is chance: all of them are text of the article.
    best = {}
    for block, text in enumerate(texts):
        best[text] = max(best.get(text, 0.0), share[block] if total[block] >= 12 else 0.0)
    copied = [max(share[block], best[text]) for block, text in enumerate(texts)]
    return numpy.array(copied), total


def article_page(features, texts, truth):
    share, n_words = by_alignment(texts, truth)
    good, n_truth = features[0, GOOD_WORDS], float(len(WORD.findall(truth)))
    weight = numpy.sqrt(n_words / max(n_truth, good, 200))
    # Where the truth is a small part of what reads like text, the truth is in doubt.
    return features, share >= 0.5, weight * (0.15 if n_truth < 0.25 * good else 1.0)


def fold_text(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def snippet_page(features, texts, row):
    """Only the blocks that hold a snippet are labelled."""
    label = numpy.full(len(texts), -1)
    seen = [fold_text(text) for text in texts]
    for value, key in ((0, "without"), (1, "with")):
        for snippet in filter(None, map(fold_text, row[key])):
            hits = [block for block, text in enumerate(seen) if snippet in text or (len(text) > 20 and text in snippet)]
            if value == 1 and len(hits) > 1:
                hits = [max(hits, key=lambda block: len(seen[block]))]
            label[hits] = value
    known = label >= 0
    return features[known], label[known] == 1, numpy.full(int(known.sum()), SNIPPET_WEIGHT)


def fit(pages):
    features, labels, weights = (numpy.concatenate(part) for part in zip(*pages))
    data = lightgbm.Dataset(features, labels.astype(int), weight=weights)
    return lightgbm.train(PARAMETERS, data, N_TREES)


def packed(model):
    """The bytes that `src/extract/forest.rs` reads."""
    trees = model.dump_model()["tree_info"]
    out = struct.pack("<H", len(trees))
    for tree in trees:
        splits, leaves = [], []

        def walk(node):
            if "split_feature" not in node:
                leaves.append(node["leaf_value"])
                return -len(leaves)
            place = len(splits)
            splits.append(None)
            below, above = walk(node["left_child"]), walk(node["right_child"])
            splits[place] = (node["split_feature"], node["threshold"], below, above)
            return place

        walk(tree["tree_structure"])
        out += struct.pack("<B", len(splits)) + b"".join(struct.pack("<Bfbb", *split) for split in splits)
        out += b"".join(struct.pack("<f", leaf) for leaf in leaves)
    return out


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("articles", "snippets", "features_a", "features_s", "out"):
        args.add_argument(name, type=pathlib.Path)
    args.add_argument("--folds", type=pathlib.Path, help="also write the models of the folds, and which page is in which")
    args = args.parse_args()

    pages, membership = [], {}
    features = described(args.features_a)
    for row in rows(args.articles / "truth.jsonl"):
        membership["a" + row["id"]] = fold_of(row)
        if row["id"] in features:
            pages.append((fold_of(row), article_page(*features[row["id"]], row["text"])))
    features = described(args.features_s)
    for row in rows(args.snippets / "truth.jsonl"):
        membership["s" + row["id"]] = fold_of(row)
        if row["id"] in features:
            pages.append((fold_of(row), snippet_page(*features[row["id"]], row)))

    wrong = total = 0.0
    for fold in range(N_FOLDS if args.folds else 0):
        model = fit([page for own, page in pages if own != fold])
        (args.folds / f"forest{fold}.bin").write_bytes(packed(model))
        for own, (x, y, weight) in pages:
            if own == fold and len(y):
                wrong += float(weight[(model.predict(x) >= 0.42) != y].sum())
                total += float(weight.sum())
    if args.folds:
        (args.folds / "folds.json").write_text(json.dumps(membership))
        print(f"weighted share of blocks judged wrong, five-fold: {wrong / total:.4f}")
    args.out.write_bytes(packed(fit([page for _, page in pages])))
    print(f"{args.out}: {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()

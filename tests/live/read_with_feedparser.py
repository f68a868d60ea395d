"""Reads one feed with feedparser; prints its items as JSON, in the feed's order."""

import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
if feed.bozo:
    sys.exit(f"feedparser complains of {sys.argv[1]}: {feed.bozo_exception!r}")

json.dump(
    [
        {
            "id": entry.id,
            "title": entry.title,
            "link": entry.link,
            "dated": bool(entry.get("published_parsed")),
            "html": entry.content[0].value if "content" in entry else entry.get("summary", ""),
        }
        for entry in feed.entries
    ],
    sys.stdout,
)

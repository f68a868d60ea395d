"""Reads one feed with newsboat, set up afresh in a folder; prints its items as JSON, newest first."""

import json
import pathlib
import sqlite3
import subprocess
import sys

url, folder = sys.argv[1], pathlib.Path(sys.argv[2])
config, urls, cache = folder / "config", folder / "urls", folder / "cache.db"
config.write_text("max-items 0\nkeep-articles-days 0\nuse-proxy no\n")
urls.write_text(url + "\n")
newsboat = ["newsboat", "-q", "-C", str(config), "-u", str(urls), "-c", str(cache)]

subprocess.run([*newsboat, "-x", "reload"], check=True, stdout=sys.stderr, timeout=60)
unread = subprocess.run([*newsboat, "-x", "print-unread"], check=True, capture_output=True, text=True, timeout=60)

with sqlite3.connect(cache) as database:
    rows = database.execute(
        "SELECT guid, title, url, pubDate, content FROM rss_item WHERE deleted = 0 ORDER BY pubDate DESC, id"
    ).fetchall()

if int(unread.stdout.split()[0]) != len(rows):
    sys.exit(f"newsboat says {unread.stdout.strip()!r} and remembers {len(rows)} articles")

json.dump(
    [
        {"id": guid, "title": title, "link": link, "dated": date > 0, "html": html}
        for guid, title, link, date, html in rows
    ],
    sys.stdout,
)

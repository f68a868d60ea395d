// Reads one feed with rss-parser; prints its items as JSON, in the feed's order.

const Parser = require("rss-parser");

new Parser()
  .parseURL(process.argv[2])
  .then((feed) => {
    const items = feed.items.map((item) => ({
      id: item.guid ?? item.id,
      title: item.title,
      link: item.link,
      dated: !Number.isNaN(Date.parse(item.isoDate)),
      html: item["content:encoded"] ?? item.content ?? "",
    }));
    process.stdout.write(JSON.stringify(items));
  })
  .catch((error) => {
    process.stderr.write(`rss-parser complains of ${process.argv[2]}: ${error}\n`);
    process.exitCode = 1;
  });

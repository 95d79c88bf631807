"""The same import as an analyst's notebook does it: pandas and networkx, for comparison."""

from __future__ import annotations

import ast
import io
import sys
import time
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any


def measure(archive: Path, _folder: Path) -> tuple[float, float, float] | None:
    """Return seconds, peak MB and edges of the import; None if pandas is not installed."""
    try:
        pd: Any = import_module("pandas")
    except ImportError:
        return None
    start = time.perf_counter()
    with zipfile.ZipFile(archive) as whole:
        tables = [
            pd.read_csv(
                io.BytesIO(whole.read(name)), dtype=str, keep_default_na=False, na_filter=False
            )
            for name in whole.namelist()
            if name.endswith(".csv")
        ]
    users = [table for table in tables if "tweetid" not in table]
    tweets = pd.concat([table for table in tables if "tweetid" in table], ignore_index=True)
    known = names(pd, [*users, tweets])
    edges = interactions(pd, tweets.drop_duplicates("tweetid"), known)
    graph = multigraph(edges, users)
    return time.perf_counter() - start, peak_memory(), float(graph.number_of_edges())


def peak_memory() -> float:
    """Return the largest resident memory this process has had, in MB; 0 where it is not known."""
    if sys.platform == "win32":
        return 0.0
    status = Path("/proc/self/status")
    if status.exists():  # on Linux what ``getrusage`` tells begins with the peak of the parent
        return int(status.read_text("utf-8").split("VmHWM:")[1].split()[0]) / 1e3
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def names(pd: Any, tables: list[Any]) -> Any:
    """Return the id of each screen name, lower case, that exactly one account has."""
    columns = ["user_screen_name", "userid"]
    pairs = pd.concat([table[columns] for table in tables]).drop_duplicates()
    pairs["name"] = pairs["user_screen_name"].str.lower()
    pairs = pairs.drop_duplicates(["name", "userid"]).drop_duplicates("name", keep=False)
    return pairs.set_index("name")["userid"]


def interactions(pd: Any, tweets: Any, known: Any) -> Any:
    """Return a frame of source, target, kind and time, by the rules that Starling follows."""
    author = dict(zip(tweets["tweetid"], tweets["userid"], strict=True))
    retweets = tweets[tweets["is_retweet"].str.lower() == "true"]
    named = called(retweets["tweet_text"].str.extract(r"^RT @(\w{1,15}):")[0], known)
    by_post = retweets["retweet_tweetid"].map(author)
    target = retweets["retweet_userid"].where(retweets["retweet_userid"] != "", by_post)
    target = target.fillna(named)
    parts = [frame(pd, retweets, target, "retweet")]
    replies = tweets[(tweets["in_reply_to_userid"] != "") | (tweets["in_reply_to_tweetid"] != "")]
    answered = replies["in_reply_to_userid"].where(
        replies["in_reply_to_userid"] != "", replies["in_reply_to_tweetid"].map(author)
    )
    parts.append(frame(pd, replies, answered, "reply"))
    quotes = tweets[tweets["quoted_tweet_tweetid"] != ""]
    quoted = quotes["quoted_tweet_tweetid"].map(author)
    address = quotes["urls"].str.extract(r"(?:twitter|x)\.com/(\w{1,15})/status/(\d+)")
    same = address[1] == quotes["quoted_tweet_tweetid"]
    quoted = quoted.fillna(called(address[0].where(same), known))
    parts.append(frame(pd, quotes, quoted, "quote"))
    listed = tweets[~tweets["user_mentions"].isin(["", "[]"])].copy()
    listed["target"] = listed["user_mentions"].map(ast.literal_eval)
    mentions = listed.explode("target").drop_duplicates(["tweetid", "target"])
    for taken in (target, answered):
        mentions = mentions[mentions["target"] != taken.reindex(mentions.index)]
    parts.append(frame(pd, mentions, mentions["target"], "mention"))
    whole = pd.concat(parts, ignore_index=True).dropna(subset=["target"])
    return whole[whole["source"] != whole["target"]]


def called(found: Any, known: Any) -> Any:
    """Return the account that a screen name means: a known one, else the name itself."""
    low = found.str.lower()
    return low.map(known).fillna("@" + low)


def frame(pd: Any, posts: Any, target: Any, kind: str) -> Any:
    """Return one kind of interaction as columns."""
    return pd.DataFrame(
        {
            "source": posts["userid"].to_numpy(),
            "target": target.to_numpy(),
            "kind": kind,
            "time": posts["tweet_time"].to_numpy(),
        }
    )


def multigraph(found: Any, users: list[Any]) -> Any:
    """Return the networkx graph: one edge a kind, with count, first and last."""
    from explorer.graph.convert import new_multigraph

    grouped = found.groupby(["source", "target", "kind"])["time"].agg(["size", "min", "max"])
    graph = new_multigraph()
    for table in users:
        graph.add_nodes_from(table["userid"])
    for (source, target, kind), count, first, last in grouped.itertuples():
        graph.add_edge(source, target, key=kind, count=count, first=first, last=last)
    return graph

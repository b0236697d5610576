# SPDX-License-Identifier: Apache-2.0
"""Writes zone_offsets.csv beside itself: offsets of named zones as Python's zoneinfo answers them.

Run again only to renew the vectors; years after 2025 are left to zones whose rules are old, so that a newer tz database
does not spoil the table.
"""

import datetime
import pathlib
import random
import zoneinfo

STABLE = ["Europe/Helsinki", "Europe/Stockholm", "Europe/London", "Europe/Lisbon", "America/New_York", "Etc/UTC",
          "America/Los_Angeles", "Australia/Melbourne", "Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata", "Etc/GMT+5",
          "Europe/Dublin"]
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def seconds(year, month=1, day=1, hour=0):
    return int((datetime.datetime(year, month, day, hour, tzinfo=UTC) - EPOCH).total_seconds())


def row(scale, name, at):
    zone = zoneinfo.ZoneInfo(name)
    if scale == "utc":
        offset = (EPOCH + datetime.timedelta(seconds=at)).astimezone(zone).utcoffset()
    else:  # in a gap and in an overlap, fold=0 is the offset before the change
        offset = (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at)).replace(tzinfo=zone).utcoffset()
    return f"{scale};{name};{at};{int(offset.total_seconds())}"


def main():
    draw = random.Random(20260201)
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("posix"))
    rows = []
    for name in STABLE:
        for _ in range(25):
            rows.append((draw.choice(["utc", "local"]), name, draw.randrange(seconds(1890), seconds(2500))))
        # hours around the changes of some years, where gaps and overlaps are
        for year in (1984, 2005, 2024, 2038, 2100):
            for month in (3, 4, 10, 11):
                start = seconds(year, month, 1)
                for hour in range(31 * 24):
                    at = start + hour * 3600
                    here, there = (int(row("utc", name, t).rsplit(";", 1)[1]) for t in (at - 1, at))
                    if here != there:
                        rows += [("utc", name, at + d) for d in (-1, 0)]
                        rows += [("local", name, at + here + d) for d in (-3601, -3600, -1, 0, 1800, 3599, 3600)]
    while len(rows) < 2400:
        rows.append((draw.choice(["utc", "local"]), draw.choice(names), draw.randrange(seconds(1970), seconds(2020))))
    text = "scale;zone;seconds;offset\n" + "\n".join(row(*each) for each in rows) + "\n"
    pathlib.Path(__file__).with_name("zone_offsets.csv").write_text(text)


if __name__ == "__main__":
    main()

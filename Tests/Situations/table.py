"""The table: each subject has a file of its own."""

import drops
import floods
import healthy
import lines
import outages
import ports
import queues
import settings
import states
import places
import tracking
import unix

SUBJECTS = [ports, queues, unix, states, floods, drops, outages, tracking, settings, places, lines, healthy]


def situations():
    """All, in the order of the page; a name that comes twice is an error of the table."""
    every = [situation for subject in SUBJECTS for situation in subject.SITUATIONS]
    names = [situation.id for situation in every]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, "twice in the table: %s" % twice
    return every


def subject(situation):
    """The heading it stands under."""
    return next(each.SUBJECT for each in SUBJECTS if situation in each.SITUATIONS)

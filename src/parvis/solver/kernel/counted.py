"""What depends on many sessions at once, counted anew: a track, a day's interpreters, a participant, a delegation."""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints


@compiled
def priced(weight: int, amount: int) -> int:
    """Return what so much of a fault costs: a hard rule is broken once, a wish so many times."""
    if weight >= A.HARD:
        return weight if amount > 0 else 0
    return weight * amount


@compiled
def track_cost(f: Ints, b: Ints, track: int) -> int:
    """Return what a track costs as a whole: its rooms, its parallels, its gaps, its order."""
    cost = 0
    if f[A.W_TRACK_ROOMS] > 0:
        rooms = 0
        for room in range(f[A.ROOMS]):
            if b[b[A.ROOM_DAYS] + room * f[A.TRACKS] + track] > 0:
                rooms += 1
        if rooms > 1:
            cost += priced(f[A.W_TRACK_ROOMS], rooms - 1)
    if f[A.W_TRACK_PARALLEL] > 0 or f[A.W_TRACK_GAP] > 0:
        first, last, days = -1, -1, 0
        for day in range(f[A.DAYS]):
            rooms = b[b[A.DAY_ROOMS] + day * f[A.TRACKS] + track]
            if rooms > 0:
                if first < 0:
                    first = day
                last = day
                days += 1
                cost += priced(f[A.W_TRACK_PARALLEL], rooms - 1)
        if days > 0 and last - first + 1 > days:
            cost += f[A.W_TRACK_GAP]
    if f[A.W_TRACK_ORDER] > 0 and f[f[A.ORDERED] + track]:
        cost += priced(f[A.W_TRACK_ORDER], _out_of_order(f, b, track))
    return cost


@compiled
def in_sequence(f: Ints, b: Ints, track: int) -> int:
    """Lay a track's placed sessions by day, room and start into the scratch; return how many."""
    sequence = b[A.SCRATCH]
    keys = b[A.SCRATCH] + 1 * b[A.WIDE]
    count = 0
    for at in range(f[f[A.TRACK_PTR] + track], f[f[A.TRACK_PTR] + track + 1]):
        session = f[f[A.TRACK_VAL] + at]
        room = b[b[A.ROOM] + session]
        if room < 0:
            continue
        start = b[b[A.START] + session]
        key = (f[f[A.SLOT_DAY] + start] * f[A.ROOMS] + room) * f[A.SLOTS] + start
        place = count
        while place > 0 and b[keys + place - 1] > key:
            b[keys + place] = b[keys + place - 1]
            b[sequence + place] = b[sequence + place - 1]
            place -= 1
        b[keys + place] = key
        b[sequence + place] = session
        count += 1
    return count


@compiled
def _out_of_order(f: Ints, b: Ints, track: int) -> int:
    count = in_sequence(f, b, track)
    wrong = 0
    for place in range(count):
        position = f[f[A.POSITION] + b[b[A.SCRATCH] + place]]
        if position > 0 and position != place + 1:
            wrong += 1
    return wrong


@compiled
def group_cost(f: Ints, b: Ints, group: int) -> int:
    """Return what lacks of interpreters on the days of a group, at each moment when a concerned session begins."""
    here = b[A.SCRATCH]
    count = 0
    for at in range(f[A.CROWDS]):
        session = f[f[A.CROWD] + at]
        if b[b[A.ROOM] + session] >= 0 and f[f[A.CROWD_GROUP] + f[f[A.SLOT_DAY] + b[b[A.START] + session]]] == group:
            b[here + count] = session
            count += 1
    booths = f[A.BOOTHS]
    needed = b[A.SCRATCH] + 1 * b[A.WIDE]
    cost = 0
    for one in range(count):
        start = b[b[A.START] + b[here + one]]
        known = False
        for before in range(one):
            if b[b[A.START] + b[here + before]] == start:
                known = True
                break
        if known:
            continue
        moment = f[f[A.SLOT_MINUTE] + start]
        for booth in range(booths):
            b[needed + booth] = 0
        for other in range(count):
            session = b[here + other]
            begins = f[f[A.SLOT_MINUTE] + b[b[A.START] + session]]
            if begins <= moment:
                ended = moment - begins - f[f[A.MINUTES] + session]
                for booth in range(booths):
                    if ended < f[f[A.REST] + booth]:
                        b[needed + booth] += f[f[A.DEMAND] + session * f[A.BOOTHS] + booth]
        worst = 0
        for at in range(f[A.HALLS]):
            mask = f[f[A.HALL_MASK] + at]
            lacking = -f[f[A.HALL_SUPPLY] + at]
            for booth in range(booths):
                if (mask >> booth) & 1:
                    lacking += b[needed + booth]
            worst = max(worst, lacking)
        cost += priced(f[A.W_CROWD], worst)
    return cost


@compiled
def met_of(f: Ints, b: Ints, who: int, day: int) -> int:
    """Return the worth of what a participant can attend of their choices on a day (weighted interval scheduling)."""
    ends, starts = b[A.SCRATCH], b[A.SCRATCH] + b[A.WIDE]
    worths, best = b[A.SCRATCH] + 2 * b[A.WIDE], b[A.SCRATCH] + 3 * b[A.WIDE]
    first, last = f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day]
    count, apart, total = 0, True, 0
    for at in range(f[f[A.CHOICE_PTR] + who], f[f[A.CHOICE_PTR] + who + 1]):
        session = f[f[A.CHOICE_SESSION] + at]
        start = b[b[A.START] + session]
        if start < first or start >= last or b[b[A.ROOM] + session] < 0:
            continue
        end = start + f[f[A.LENGTH] + session]
        place = count
        while place > 0 and b[ends + place - 1] > end:
            b[ends + place] = b[ends + place - 1]
            b[starts + place] = b[starts + place - 1]
            b[worths + place] = b[worths + place - 1]
            place -= 1
        if (place > 0 and b[ends + place - 1] > start) or (place < count and b[starts + place + 1] < end):
            apart = False
        b[ends + place] = end
        b[starts + place] = start
        worth = f[f[A.CHOICE_WORTH] + at]
        b[worths + place] = worth
        total += worth
        count += 1
    if apart:
        return total
    for at in range(count):
        before = at - 1
        while before >= 0 and b[ends + before] > b[starts + at]:
            before -= 1
        taken = b[worths + at] + (b[best + before] if before >= 0 else 0)
        b[best + at] = max(taken, b[best + at - 1] if at > 0 else 0)
    return b[best + count - 1]


@compiled
def worst_losses(f: Ints, b: Ints) -> int:
    """Return the sum of the losses of those who lose most."""
    left = f[A.FAIR_COUNT]
    total = 0
    loss = b[A.LOSS_MOST]
    while loss > 0 and left > 0:
        many = min(left, b[b[A.LOSSES] + loss])
        total += many * loss
        left -= many
        loss -= 1
    return total


@compiled
def party_loss_of(f: Ints, b: Ints, party: int, day: int) -> int:
    """Return how many of its sessions on a day a delegation cannot attend between all its people.

    By start; whenever more run than there are people, the one that ends last is let go (Carlisle and Lloyd, 1995).
    """
    starts, ends = b[A.SCRATCH], b[A.SCRATCH] + b[A.WIDE]
    running = b[A.SCRATCH] + 2 * b[A.WIDE]
    first, last = f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day]
    count = 0
    for at in range(f[f[A.PARTY_PTR] + party], f[f[A.PARTY_PTR] + party + 1]):
        session = f[f[A.PARTY_SESSION] + at]
        start = b[b[A.START] + session]
        if start < first or start >= last or b[b[A.ROOM] + session] < 0:
            continue
        place = count
        while place > 0 and b[starts + place - 1] > start:
            b[starts + place] = b[starts + place - 1]
            b[ends + place] = b[ends + place - 1]
            place -= 1
        b[starts + place] = start
        b[ends + place] = start + f[f[A.LENGTH] + session]
        count += 1
    people = f[f[A.PARTY_PEOPLE] + party]
    busy, lost = 0, 0
    for at in range(count if count > people else 0):
        kept, latest = 0, 0
        for one in range(busy):
            if b[running + one] > b[starts + at]:
                b[running + kept] = b[running + one]
                if b[running + kept] > b[running + latest]:
                    latest = kept
                kept += 1
        busy = kept
        if busy < people:
            b[running + busy] = b[ends + at]
            busy += 1
        else:
            if b[ends + at] < b[running + latest]:
                b[running + latest] = b[ends + at]
            lost += 1
    return lost

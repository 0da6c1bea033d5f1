"""Prints what beancount makes of journals, for a test to compare with our reader.

For each file named on the command line: a line with the name; then "refused" and why, or
"crashed", or the postings, one line each, sorted. Weights are rounded to 12 decimals, because
beancount computes with 28 digits.
"""

import sys
from decimal import Decimal

from beancount import loader
from beancount.core import convert, data, interpolate

NOISE = Decimal("1e-12")


def text(number):
    number = round(number, 12)
    return format(number.normalize(), "f") if number else "0"


def is_noise(error, options_map):
    """Whether the error is one that only 28-digit arithmetic makes, or a pad that pads nothing."""
    if error.message.startswith("Unused Pad"):
        return True
    if not error.message.startswith("Transaction does not balance"):
        return False
    tolerances = interpolate.infer_tolerances(error.entry.postings, options_map)
    residual = interpolate.compute_residual(error.entry.postings)
    return all(
        abs(position.units.number) <= tolerances.get(position.units.currency) + NOISE
        for position in residual
    )


def dump(name):
    print(name)
    try:
        entries, errors, options_map = loader.load_file(name)
    except ArithmeticError:
        print("refused: division by zero")
        return
    except TypeError:
        print("crashed: lots with and without a date in one account")
        return
    errors = [error for error in errors if not is_noise(error, options_map)]
    if errors:
        print("refused:", errors[0].message.replace("\n", " "))
        return
    lines = []
    for entry in entries:
        if not isinstance(entry, data.Transaction):
            continue
        for posting in entry.postings:
            weight = convert.get_weight(posting)
            lines.append(
                f"{entry.date} {posting.account} {text(posting.units.number)}"
                f" {posting.units.currency} weighs {text(weight.number)} {weight.currency}"
            )
    print("\n".join(sorted(lines)))


for argument in sys.argv[1:]:
    dump(argument)

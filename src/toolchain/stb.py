"""Copies stb's headers, the resizer cut down to our pixels: stb.py SOURCE TARGET

stb_image_resize2 holds its functions for every type, layout and alpha mode in
tables, so that a compiler cannot see which are never called. The engine resizes
8-bit linear pixels of one or three channels; all else in the tables becomes 0,
which takes two thirds off the code. Rows are added up by up to eight at once, each
number of them by a function of its own; four, two and one are enough. A sum is taken
in the same order whichever they are, so its bits stay.
"""

import re
import sys
from pathlib import Path

from common import die

KEPT = re.compile(r"stbir__(?:en|de)code_uint8_linear(?:_scaled)?|stbir__horizontal_gather_[13]_channels_\w+")
FUNCTIONS = r"(?:decode_pixels|encode_pixels|alpha_weight|alpha_unweight|horizontal_gather_channels)_func"
TABLE = re.compile(rf"^ *static stbir__{FUNCTIONS} \*+ *\w+(?:\[[^]]*\])+ *=\s*\{{.*?\}};", re.M | re.S)
TABLES = 14
ROWS_TABLE = re.compile(r"^static STBIR_VERTICAL_\w+ \* stbir__vertical_\w+\[ 8 \] =\s*\{.*?\};", re.M | re.S)
ROWS_TABLES = 4
OTHER_ROWS = re.compile(r"stbir__vertical_(?:\w+_with_[35678]|scatter_with_2)_coeffs(?:_cont)?")
STEPS = {
    "if ( cnt > 8 ) cnt = 8;": "cnt = cnt < 2 ? 1 : cnt < 4 ? 2 : 4;",
    "if ( n > 8 ) n = 8;": "n = n < 4 ? 1 : 4;",
    "// call the scatter to N scanlines at a time function": "if ( n < 4 ) n = 1;\n      // scatter to N scanlines",
}


def cut(found):
    head, equals, body = found[0].partition("=")
    return head + equals + re.sub(r"\bstbir__\w+", lambda name: name[0] if KEPT.fullmatch(name[0]) else "0", body)


def main(source, target):
    source, target = Path(source), Path(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / "stb_image.h").write_bytes((source / "stb_image.h").read_bytes())
    text, count = TABLE.subn(cut, (source / "stb_image_resize2.h").read_text())
    if count != TABLES:
        die(f"stb_image_resize2.h has {count} tables of functions, not {TABLES}", "correct stb.py")
    text, count = ROWS_TABLE.subn(lambda found: OTHER_ROWS.sub("0", found[0]), text)
    if count != ROWS_TABLES:
        die(f"stb_image_resize2.h has {count} tables of rows, not {ROWS_TABLES}", "correct stb.py")
    for step, ours in STEPS.items():
        if text.count(step) != 1:
            die(f"stb_image_resize2.h has {text.count(step)} times: {step}", "correct stb.py")
        text = text.replace(step, ours)
    (target / "stb_image_resize2.h").write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])

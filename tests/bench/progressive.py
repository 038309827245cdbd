"""Writes a JPEG once more as a progressive one, with its quantisation and sampling: progressive.py FILE OUT"""

import sys

from PIL import Image

if __name__ == "__main__":
    source, out = sys.argv[1:]
    Image.open(source).save(out, quality="keep", progressive=True)

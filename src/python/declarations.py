"""What cffi reads of lentigo.h, made of the header itself, so that nothing is declared twice.

C's compiler sees the header too, and cffi has it compare every size, offset and constant: a declaration that is read
wrong here does not compile or does not load.
"""

import re

# Between these lines stands what C++ alone reads.
FOR_CPP = re.compile(r"^#ifdef __cplusplus\n.*?^#endif\n", re.MULTILINE | re.DOTALL)
# Functions with a body, which cffi reads none of; what they call is there for Python, too.
INLINE = re.compile(r"^static inline .*?^\}\n", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
DEFINE = re.compile(r"#define\s+(?P<name>\w+)\s+(?P<value>\S.*)")
# How cffi is told of a macro by what it stands for; others, as the header's guard, are left out.
VALUES = (
    (re.compile(r"\d+[uU]?"), "#define {name} {value}"),
    (re.compile(r"\d*\.\d+f?"), "static const double {name};"),
    (re.compile(r'"[^"]*"'), "static char *const {name};"),
)


def declare(line: str) -> str | None:
    """A line of the preprocessor as cffi takes it; None where it takes none."""
    found = DEFINE.fullmatch(line.strip())
    if not found:
        return None
    name, value = found["name"], found["value"].strip()
    form = next((form for pattern, form in VALUES if pattern.fullmatch(value)), None)
    return form and form.format(name=name, value=value.rstrip("uU"))


def declarations(header: str) -> str:
    """The text of lentigo.h as declarations for `FFI.cdef`."""
    plain = COMMENT.sub(" ", INLINE.sub("", FOR_CPP.sub("", header))).replace("\\\n", " ")
    lines = [declare(line) if line.lstrip().startswith("#") else line for line in plain.splitlines()]
    return "\n".join(line for line in lines if line and line.strip()) + "\n"

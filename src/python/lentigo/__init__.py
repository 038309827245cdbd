"""Lentigo: classifies photos of skin lesions on the device. An aid for study, not a medical device.

    import lentigo

    engine = lentigo.Engine("lesion.tflite")
    answer = engine.classify("photo.jpg")
    print(answer.label, answer.probabilities[answer.label], answer.set, answer.quality.faults)

    with lentigo.Pool("lesion.tflite") as pool:            # an engine for each core
        table = pool.classify(["a.jpg", "b.jpg"]).arrow()  # or .pandas()

The engine is the library of lentigo.h; its answers are the same bits as those of every other build.
"""

from lentigo.answer import Answer, Failure, Kind, Label, Model, Quality, Region
from lentigo.batch import Batch, Row
from lentigo.engine import ClassMap, Engine, engine_version
from lentigo.errors import ArgumentError, LentigoError, ModelError, PhotoError
from lentigo.pool import Pool

__version__ = engine_version()

__all__ = [
    "Answer",
    "ArgumentError",
    "Batch",
    "ClassMap",
    "Engine",
    "Failure",
    "Kind",
    "Label",
    "LentigoError",
    "Model",
    "ModelError",
    "PhotoError",
    "Pool",
    "Quality",
    "Region",
    "Row",
    "__version__",
]

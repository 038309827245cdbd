"""The same held-out pictures through PyTorch, both .tflite files and our own engine.

Prints the figures, and with `--write` puts them into the model file's metadata and the table of
`model/README.md`. Needs the run's folder for the first two.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tqdm import tqdm

from training.data import PARTS, Record, part_records
from training.document import of_kind
from training.engine import run_engine
from training.export import load_network
from training.metrics import softmax, summary
from training.preprocess import center_crop_resize, network_input
from training.tflite_file import get_metadata, run_litert, set_metadata

CARD = Path("model/README.md")
MARKS = ("<!-- figures: made by training.compare -->", "<!-- end of figures -->")
COLUMNS = ("accuracy", "balanced_accuracy", "macro_auc", "macro_auc_uniform", "melanoma_recall", "nll")


def load_pictures(records: list[Record]) -> list[np.ndarray]:
    """Decoded pictures `[H, W, 3]` u8."""
    return [np.asarray(Image.open(r.file).convert("RGB")) for r in tqdm(records, desc="decode")]


@torch.no_grad()
def run_torch(checkpoint: Path, images: torch.Tensor) -> np.ndarray:
    """Logits of the network as trained."""
    model, _ = load_network(checkpoint)
    return torch.cat([model(batch) for batch in images.split(32)]).numpy()


def engine_difference(model: Path, pictures: list[np.ndarray], size: int, crop: float) -> float:
    """Largest difference of a logit between the engine and LiteRT.

    Both get the same pixels: the pictures are cropped and resized here and go to the engine as PNG.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, picture in enumerate(pictures):
            files.append(Path(folder) / f"{i}.png")
            Image.fromarray(center_crop_resize(picture, size, crop)).save(files[-1])
        ours = run_engine(model, files)
    theirs = run_litert(model, network_input(pictures, size, crop))
    return float(np.abs(ours - theirs).max())


def reduced_decode_differences(model: Path, pictures: list[np.ndarray]) -> np.ndarray:
    """What decoding at a reduced size changes: `[N]`, the largest difference of a probability of each picture.

    The pictures are enlarged to 12 megapixels and stored as JPEG, as a phone would deliver them.
    """
    document = of_kind(get_metadata(model), 0)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{i}.jpg" for i in range(len(pictures))]
        for file, picture in zip(files, pictures, strict=True):
            Image.fromarray(picture).resize((4000, 3000), Image.Resampling.BICUBIC).save(file, quality=88)
        both = [run_engine(model, files, full_decode=full) for full in (False, True)]
    reduced, full = (softmax(x / document["temperature"] + np.array(document["log_prior"])) for x in both)
    return np.abs(reduced - full).max(1)


def table(figures: dict[str, dict[str, float]]) -> str:
    """Markdown table, a row for each way of running the network."""
    head = "| run by | " + " | ".join(c.replace("_", " ") for c in COLUMNS) + " |"
    line = "| --- |" + " ---: |" * len(COLUMNS)
    rows = [f"| {name} | " + " | ".join(f"{row[c]:.4f}" for c in COLUMNS) + " |" for name, row in figures.items()]
    return "\n".join([head, line, *rows])


def write_card(text: str, card: Path = CARD) -> None:
    """Replace what stands between the marks of the model card."""
    before, rest = card.read_text(encoding="utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    card.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def main() -> None:
    """Command line of the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--run", type=Path, required=True, help="folder of the training run and its fp32 file")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--exact", type=int, default=200, help="pictures compared logit by logit with LiteRT")
    parser.add_argument("--enlarged", type=int, default=60, help="pictures to try the reduced decode on")
    parser.add_argument("--write", action="store_true", help="into the model's metadata and its card")
    args = parser.parse_args()

    whole = get_metadata(args.model)
    document = of_kind(whole, 0)  # HAM10000's pictures are all dermatoscopic
    size, crop = document["preprocessing"]["width"], document["preprocessing"]["crop"]
    log_prior = np.array(document["log_prior"])
    records = part_records(args.data, args.part)
    truth = np.array([r.label for r in records])
    pictures = load_pictures(records)
    images = network_input(pictures, size, crop)

    def figures_of(logits: np.ndarray) -> dict[str, float]:
        return summary(logits, truth, log_prior, document["temperature"])

    files = [r.file for r in records]
    figures = {
        "PyTorch": figures_of(run_torch(args.run / "last.pt", images)),
        "fp32 .tflite, LiteRT": figures_of(run_litert(args.run / "lesion-fp32.tflite", images)),
        "int8 .tflite, LiteRT": figures_of(run_litert(args.model, images)),
        "int8 .tflite, Lentigo": figures_of(run_engine(args.model, files)),
    }
    apart = engine_difference(args.model, pictures[: args.exact], size, crop)
    enlarged = reduced_decode_differences(args.model, pictures[:: max(1, len(pictures) // args.enlarged)])
    lesions = len({r.lesion_id for r in records})
    notes = (
        f"{len(records)} pictures of {lesions} lesions of the part `{args.part}`, one view each; accuracy, macro AUC "
        f"and NLL with the data's prior, the others with equal priors. Largest difference of a logit between the "
        f"engine and LiteRT on the same pixels ({min(args.exact, len(records))} pictures): "
        f"{apart:.1g}. "
        f"Decoding at an eighth of the size, on {len(enlarged)} pictures enlarged to 12 megapixels, moves a "
        f"probability by {np.median(enlarged):.3f} in the median and {enlarged.max():.3f} at most."
    )
    print(f"{table(figures)}\n\n{notes}")
    if args.write:
        whole["training"] |= {"part": args.part, "pictures": len(records), "lesions": lesions}
        whole["training"]["figures"] = figures["int8 .tflite, Lentigo"]
        set_metadata(args.model, whole)
        write_card(f"{table(figures)}\n\n{notes}")


if __name__ == "__main__":
    main()

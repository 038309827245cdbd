"""Archives of photos, up to millions, through the engine: a map step of Ray Data, with Parquet out.

    python -m lentigo.screen SOURCE... --out FOLDER

A source is a folder, a photo, a Parquet file or a folder of those, by a path or by the address of an object storage
(s3://, gs://, abfs://, …: what pyarrow or fsspec open). Photos are shared out in parts. Each part's answers become one
file of FOLDER, which is there whole or not at all; run again, the command goes on with what is missing.

`source.py` finds the photos, `store.py` reads and writes files anywhere, `worker.py` is what each worker does, `run.py`
puts them together.
"""

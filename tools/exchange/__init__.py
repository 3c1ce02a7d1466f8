"""Exchange: tables as companies have them (CSV, Excel, Parquet), read row by row through a mapping, and written."""

"""What the names of picture files end in."""

RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc", ".mef", ".mos", ".mrw",
    ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})  # fmt: skip
"""Of cameras; most are TIFF inside."""
WRITABLE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp"})
SUFFIXES = RAW_SUFFIXES | WRITABLE_SUFFIXES | {".gif", ".bmp", ".heic", ".heif", ".hif", ".avif", ".jxl"}

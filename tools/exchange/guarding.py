"""Guarding: a cell that a spreadsheet would take for a formula is shown as the text it is."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """The cell, with an apostrophe in front where it begins like a formula; plain negative numbers stay."""
    if not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return f"'{cell}" if cell.startswith("+") else cell

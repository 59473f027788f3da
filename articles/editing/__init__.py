"""What editors' acts call: plain functions that write, protect, record and re-index.

The admin calls them today; whatever else lets a person change something calls the
same ones.  Each runs inside its caller's transaction.
"""

"""Prepares what pages, feeds and books show: rows in, things ready to print out."""

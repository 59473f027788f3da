"""Which parser has read a dump: stored with it, so that a better one reads it again."""

PARSER_VERSION = "1.0"

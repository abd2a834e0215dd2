"""Files that people sent: fetched once, kept sealed, shown to who may see them, deleted in their time.

folder    the folder of files: sealed in pieces, named by a keyed hash
wanted    files that are to be fetched: claimed, settled, given up
sweeping  files that belong to nothing any more
"""

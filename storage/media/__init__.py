"""Files that people sent: fetched once, kept sealed, shown to who may see them, deleted in their time.

folder    the folder of files: sealed in pieces, named by a keyed hash
kinds     which kinds a page shows, and under which name they are saved
wanted    files that are to be fetched: claimed, settled, given up
telling   a kind word to who sent what could not be kept
showing   what became of each, and its bytes, for who may see them
sweeping  files that belong to nothing any more
"""

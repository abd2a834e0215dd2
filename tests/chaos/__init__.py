"""What nobody wishes for: providers, databases, processes and clocks at their worst.

wire       HTTP as it comes off the wire: answers in every manner, also those that no framework would give
databases  a database that is locked, or at the end of a road that is cut
"""

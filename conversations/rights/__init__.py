"""What is kept of a person, and what they can do about it.

choices       what my data offers to do
codes         the optional four-digit code: what is one, how it is kept
code_setting  setting, changing and removing the code
my_data       what is kept of a person, and where each choice leads
exporting     everything kept of a person, sent to them
pausing       no message of our own for a while
reaching      where a person wants to be written to
permissions   taking back one yes, or giving it again
erasing       erasing everything: asked twice, a week to take it back
"""

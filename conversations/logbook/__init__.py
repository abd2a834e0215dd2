"""The logbook as its owner reads it, and as an employer may.

summary       the steps as a person reads them
page_choices  what the places around pages for employers offer
pages         pages for employers: made, shown, closed
showing       «my logbook» and what can be done with it: a PDF, a page
"""

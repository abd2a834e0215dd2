"""Safety: what comes before every other answer, wherever a conversation stands.

spelling   the spelling in which words of distress are compared
phrases    lists of words of distress, looked for in what was written
facts      what the project has set: contacts, the hours of the team, words of its own
hours      when a person of the team reads next
exits      the quick exit: a harmless last message, then a neutral line
reporting  reporting someone of the team, to the safeguarding contact only
distress   the answer to words of distress
"""

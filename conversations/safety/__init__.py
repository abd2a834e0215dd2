"""Safety: what comes before every other answer, wherever a conversation stands.

spelling   the spelling in which words of distress are compared
causes     what words of distress tell of
phrases    phrases that tell of distress, looked for in what was written
lists      lists of words of distress, edited by people
facts      what the project has set: contacts, the hours of the team, words of its own
hours      when a person of the team reads next
exits      the quick exit: a harmless last message, then a neutral line
reporting  reporting someone of the team, to the safeguarding contact only
distress   the answer to words of distress
"""

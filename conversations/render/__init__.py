"""From a prompt to what a person reads on their channel; pure, so a preview shows exactly what will be sent.

catalogue     the texts of a language: message ids with arguments to finished text
capabilities  what each channel can show
graphemes     what a reader sees as one character, never to be cut
splitting     long text into pieces at paragraph, sentence or word borders
labels        the labels of choices: on buttons, numbered, or as words to write
interactive   buttons and lists on WhatsApp, as shapes with places
parts         a prompt as provider messages: media, text, numbered choices, buttons
window        whether a channel may be written to now
"""

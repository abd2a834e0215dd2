"""Words that steer instead of answering, and messages that come at their own pace.

commands        the words that steer
courtesies      greetings, thanks and nods, which nobody needs to read
side_questions  which of two was meant, and when it suits better
helping         what can be done here
doubting        a word that steers and may be the answer
snoozing        «later»: put off, and asked again as it was left
steer           what a word that steers does
bursts          several messages at once: pieces of one answer
correcting      a message that was changed after it was sent
silences        where we were, after a long silence
under_way       the forms begun and left, by what people call them
resuming        which of them to go on with
moments         when it suits better, in words
"""

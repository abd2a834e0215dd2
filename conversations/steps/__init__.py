"""The steps of a working life: noted, updated, proved, recognised in free words.

kinds        the kinds of steps, their forms and names
words        small tables of words that tell of a step
questions    what is asked about recorded steps
milestones   a completed form as a step
situation    what a person does now
recording    which kind of step to record
updating     what became of a recorded step
proof        files that prove a step, and the yes to keep them
offering     news of a step in a check-in: whether to record it
recognising  free words that tell of a step
"""

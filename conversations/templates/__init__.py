"""WhatsApp's templates: messages approved beforehand, the only ones it carries outside the 24 hours; pure.

purposes   what a template is for, and how its name says so
template   one template: its words, its places for values, whether it may be used
values     what is put into a template for one message, checked as WhatsApp checks it
proposals  the wordings we propose for approval, and how far each purpose is covered
choosing   which template a message takes, or why none
"""

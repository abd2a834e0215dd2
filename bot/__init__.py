"""The program: settings, commands, receiving, sending, the schedule, the channels."""

"""The trainers' web view."""

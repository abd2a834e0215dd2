"""Tables, the vault, set-based reads and writes."""

"""The ground floor: what is said and understood. Pure: no clock, no network, no database."""

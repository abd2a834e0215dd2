"""Our place on the network, taken before anything is promised."""

import socket


class CannotListen(Exception):
    """The address is taken or not ours; the text says what to set."""


def take_place(host: str, port: int) -> socket.socket:
    """A socket bound to this address, not listening yet. CannotListen if it is not to be had."""
    try:
        [(family, kind, *_, address), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        taken = socket.socket(family, kind)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        place = f"{host} port {port}"
        raise CannotListen(f"cannot listen on {place} ({reason}): set CARNET_HOST or CARNET_PORT") from None
    return taken

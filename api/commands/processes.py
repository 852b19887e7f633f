"""The server's processes: which end of theirs is a failure."""

from granian.server import MPServer


class Server(MPServer):
    """The server as its library has it, but that a process that was told to end has not failed."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop the processes and leave.

        Ctrl-C is sent to all of them at once, and one may end before this one learns why: its signal can be held up
        in any thread. A process that failed ends with another code than 0, one that was killed with the signal's.

        Raises:
            SystemExit: with 1 where a process failed.
        """
        if self.interrupt_signal or all(self.wrks[place].inner.exitcode == 0 for place in self.interrupt_children):
            self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]

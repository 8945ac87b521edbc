"""Reading what people upload: nothing is believed, and every no is one German sentence."""

from isms.rules.errors import Complaint, Incomplete

FIELD = "file"


class Unreadable(Incomplete):
    """A file that can't be taken as it is: one sentence that names the place, beside the field `file` of the form."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__({FIELD: Complaint(message, values)})
        self.args = (message,)
        self.message = message
        self.values = values

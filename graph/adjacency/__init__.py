"""The links of a snapshot as mapped arrays, and the searches that walk them."""

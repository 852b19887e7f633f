"""What a snapshot holds of claims and concepts, each ready to be read at once."""

"""What a writer says of links and concepts as it writes, so that arrays of them need not be read from the store."""

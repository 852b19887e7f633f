"""What the endpoint says of itself: service description, VoID, example queries."""

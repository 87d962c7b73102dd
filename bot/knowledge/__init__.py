"""What the bot knows: word lists and places, loaded once into an immutable `Knowledge`."""

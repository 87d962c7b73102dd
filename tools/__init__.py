"""What makes and checks the documents: pictures, and the walk through README and docs. Not shipped."""

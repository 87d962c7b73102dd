"""From a URL, paste or file to a clean article."""

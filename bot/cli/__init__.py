"""The command line: parse the request, call one service, hand the result to render."""

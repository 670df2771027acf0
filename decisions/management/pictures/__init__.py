"""The pictures of the README, made from the demo on a server of their own."""

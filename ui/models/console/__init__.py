"""The models of the console; they register when it is first opened."""

"""What a person can do in the window: a plain function each, which gets the window. `actions.ACTIONS` lists them."""

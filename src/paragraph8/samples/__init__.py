"""Which stations were drawn, how, and that nobody could have chosen them."""

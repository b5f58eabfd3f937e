"""Drop-in datasets: a file of anyone's and a descriptor of it (`data/inbox/<name>.yaml`) become rows of our tables."""

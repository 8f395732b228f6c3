"""Press releases: the facts they state, the document they make, and the prose in each language."""

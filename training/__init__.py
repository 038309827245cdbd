"""Training of Lentigo's classifier: data, network, recipe, export and comparison."""

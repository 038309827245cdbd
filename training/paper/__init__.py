"""The system of Dai et al. (2019) as the paper describes it, in Keras; see README.md."""

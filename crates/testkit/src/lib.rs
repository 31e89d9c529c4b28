//! For tests: builders, fake neighbours, a whole gateway in one line

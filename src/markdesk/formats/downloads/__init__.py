"""What the files of a school system's download say about whose they are. Names are read here, never trusted."""

"""Files that mean harm, or are ruined: each by name, with the answer that it has to get."""

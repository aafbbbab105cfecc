package gate_test

// openFiles is how many files this process may have open.
func openFiles() int { return 4096 }

package main

import "os"

// openTTY opens the console that the process belongs to.
func openTTY() (*os.File, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

package main

import "os"

// stopSignals end a command; the app's own screen listens for them as well.
var stopSignals = []os.Signal{os.Interrupt}

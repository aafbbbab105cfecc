package screen

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// signalMessage returns nothing: each signal ends the run. The size comes from
// the console reader.
func signalMessage(os.Signal) tea.Msg { return nil }

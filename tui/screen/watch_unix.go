//go:build !windows

package screen

import (
	"os"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// signalMessage returns what the loop is told of a signal, nil for one that
// ends it.
func signalMessage(sig os.Signal) tea.Msg {
	switch sig {
	case syscall.SIGWINCH:
		return resizeMsg{}
	case syscall.SIGCONT:
		return wakeMsg{}
	case syscall.SIGTSTP:
		return tea.SuspendMsg{}
	}
	return nil
}
